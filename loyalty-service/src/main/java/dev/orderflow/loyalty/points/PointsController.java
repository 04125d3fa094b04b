package dev.orderflow.loyalty.points;

import dev.orderflow.edge.CodePoints;
import dev.orderflow.edge.paging.Page;
import dev.orderflow.edge.security.AccessControl;
import dev.orderflow.events.Bounds;
import dev.orderflow.loyalty.owner.CustomerReferences;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Points over REST, for the customer itself and for a shop of its tenant. This service knows customers by their references
 * only, so order-service decides by the caller's own token whose points they are.
 */
@RestController
@RequestMapping(path = "/api/points/{customerId}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Points", description = "See a customer's points, and redeem them.")
class PointsController {

    private static final String VISIBLE = "must not contain control or other invisible characters";

    private final CustomerReferences references;
    private final Statements statements;
    private final Redemptions redemptions;
    private final AccessControl access;

    PointsController(
            CustomerReferences references, Statements statements, Redemptions redemptions, AccessControl access) {
        this.references = references;
        this.statements = statements;
        this.redemptions = redemptions;
        this.access = access;
    }

    @GetMapping
    @Operation(
            summary = "Get a customer's points",
            description =
                    "A paid order earns its total divided by `loyalty.points.per`, rounded down. Zeros for a customer"
                            + " without points.")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", description = "`customer_not_found`")
    PointsView get(
            @PathVariable @CodePoints(max = Bounds.CUSTOMER_ID) @Pattern(regexp = "\\P{C}*", message = VISIBLE)
                    String customerId) {
        return PointsView.of(customerId, account(customerId).flatMap(statements::find));
    }

    @GetMapping("/entries")
    @Operation(summary = "List the changes of a customer's points, newest first")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", description = "`customer_not_found`")
    Page<EntryView> entries(
            @PathVariable @CodePoints(max = Bounds.CUSTOMER_ID) @Pattern(regexp = "\\P{C}*", message = VISIBLE)
                    String customerId,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var after = cursor == null ? EntryCursor.NEWEST : EntryCursor.decode(cursor);
        return account(customerId)
                .map(account -> statements.entries(account, after, limit))
                .orElseGet(() -> new Page<>(List.of(), null));
    }

    @PostMapping(path = "/redemptions", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Redeem points", description = """
        A repeated request redeems nothing again and gets the answer of the first. A key belongs to the caller and the \
        customer, and is remembered for good. A refused request leaves its key unused.\
        """)
    @ApiResponse(responseCode = "201", description = "Redeemed by this request, or by an earlier one with this key")
    @ApiResponse(responseCode = "404", description = "`customer_not_found`")
    @ApiResponse(responseCode = "409", description = "`insufficient_points`")
    @ApiResponse(responseCode = "422", description = "`idempotency_key_reused`")
    RedemptionView redeem(
            @PathVariable @CodePoints(max = Bounds.CUSTOMER_ID) @Pattern(regexp = "\\P{C}*", message = VISIBLE)
                    String customerId,
            @RequestBody @Valid RedeemRequest request,
            @Parameter(description = "Unique value for each redemption, chosen by the client.")
                    @RequestHeader(name = "Idempotency-Key")
                    @Size(min = 1, max = 200)
                    @Pattern(regexp = "[\\x21-\\x7E]*", message = "must consist of visible ASCII characters")
                    String idempotencyKey) {
        var account = account(customerId).orElseThrow(Redemption::insufficientPoints);
        var key = RedemptionKey.of(access.caller(), account, idempotencyKey);
        return RedemptionView.of(redemptions.redeem(account, key, request.points()));
    }

    /** Returns the customer's account; empty for a caller that has never ordered. */
    private Optional<PointsAccount.Key> account(String customerId) {
        var caller = access.caller();
        return references.of(customerId, caller).map(reference -> new PointsAccount.Key(caller.tenant(), reference));
    }
}
