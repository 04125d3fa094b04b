package dev.orderflow.order.ordering;

import dev.orderflow.edge.CodePoints;
import dev.orderflow.edge.TakesTurn;
import dev.orderflow.edge.Turns;
import dev.orderflow.edge.context.RequestTime;
import dev.orderflow.edge.paging.Page;
import dev.orderflow.edge.security.AccessControl;
import dev.orderflow.events.Bounds;
import dev.orderflow.order.admission.OrderAdmission;
import dev.orderflow.order.idempotency.IdempotencyKeys;
import dev.orderflow.order.lifecycle.OrderStatus;
import dev.orderflow.order.ownership.Ownership;
import dev.orderflow.order.waiting.OrderWaits;
import dev.orderflow.order.web.OrderTurns;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.Explode;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Orders over REST. */
@RestController
@RequestMapping(path = "/api/orders", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Orders", description = "Place an order, watch it become PAID or CANCELLED, cancel it.")
class OrderController {

    private final OrderAdmission admission;
    private final OrderPlacement placement;
    private final OrderReader reader;
    private final OrderWaits waits;
    private final OrderCancellation cancellation;
    private final Turns turns;
    private final AccessControl access;

    OrderController(
            OrderAdmission admission,
            OrderPlacement placement,
            OrderReader reader,
            OrderWaits waits,
            OrderCancellation cancellation,
            @Qualifier(TakesTurn.REQUESTS) Turns turns,
            AccessControl access) {
        this.admission = admission;
        this.placement = placement;
        this.reader = reader;
        this.waits = waits;
        this.cancellation = cancellation;
        this.turns = turns;
        this.access = access;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @TakesTurn(OrderTurns.PLACING)
    @Operation(summary = "Place an order", description = """
        With an `Idempotency-Key`, a repeated request places no second order and gets the answer of the first. A \
        request whose answer was lost can therefore be repeated safely. Keys are remembered for at least a \
        week. A refused order leaves its key unused. While too many orders are in progress, further ones are \
        refused with `429`.\
        """)
    @ApiResponse(
            responseCode = "201",
            description = "Placed by this request, or by an earlier one with this key",
            headers = @Header(name = "Location", description = "URL of the order"))
    @ApiResponse(responseCode = "409", description = "`request_in_progress`")
    @ApiResponse(
            responseCode = "422",
            description = "`unknown_sku`, `mixed_currencies`, `total_too_large`, `coupon_rejected`,"
                    + " `nothing_to_pay`, `too_many_lines`, `idempotency_key_reused`")
    ResponseEntity<OrderView> place(
            @RequestBody @Valid PlaceOrderRequest request,
            @Parameter(description = "Unique value for each order, chosen by the client.")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    @Size(min = 1, max = IdempotencyKeys.LONGEST)
                    @Pattern(regexp = IdempotencyKeys.CHARACTERS, message = IdempotencyKeys.CHARACTERS_MESSAGE)
                    @Nullable
                    String idempotencyKey) {
        var owner = owner();
        admission.admit(owner.tenant());
        var order = placement.place(owner, request.toCommand(owner), idempotencyKey);
        return ResponseEntity.created(URI.create("/api/orders/" + order.orderId()))
                .body(order);
    }

    @GetMapping("/{id}")
    @TakesTurn(TakesTurn.ITSELF)
    @Operation(summary = "Get an order", description = """
        With `await`, the answer is delayed until the order has one of these statuses, can no longer get any \
        of them, or the timeout expires. It shows the order at that moment.\
        """)
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", description = "`order_not_found`")
    @ApiResponse(responseCode = "429", description = "`overloaded`, also when too many requests wait for orders")
    OrderView get(
            @PathVariable UUID id,
            @Parameter(description = "Statuses to wait for, such as `PAID,CANCELLED`.", explode = Explode.FALSE)
                    @RequestParam(name = "await", required = false)
                    @Nullable
                    Set<OrderStatus> await,
            @Parameter(
                            description = "Longest wait, such as `500ms` or `10s`; at most `60s`, and no longer than"
                                    + " `X-Request-Timeout-Ms`.")
                    @RequestParam(defaultValue = "10s")
                    @DurationFormat(style = DurationFormat.Style.SIMPLE)
                    @DurationMin
                    @DurationMax(seconds = 60)
                    Duration timeout,
            @Parameter(hidden = true) HttpServletRequest request) {
        var owner = owner();
        Supplier<OrderView> order = () -> reader.get(id, owner);
        return await == null || await.isEmpty()
                ? turns.take(request.getRemoteAddr(), order)
                : waits.await(request.getRemoteAddr(), owner, id, await, RequestTime.atMost(timeout), order);
    }

    @GetMapping
    @Operation(summary = "List orders, newest first")
    Page<OrderView> list(
            @RequestParam(required = false)
                    @CodePoints(max = Bounds.CUSTOMER_ID)
                    @Pattern(regexp = "\\P{C}*", message = "must not contain control or other invisible characters")
                    @Nullable
                    String customerId,
            @RequestParam(required = false) @Nullable OrderStatus status,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var after = cursor == null ? OrderCursor.NEWEST : OrderCursor.decode(cursor);
        var owner = owner();
        return reader.list(new OrderFilter(owner.tenant(), owner.customerOf(customerId), status), after, limit);
    }

    @PostMapping("/{id}/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Cancel an order", description = """
        Reserved stock is released and the payment is refunded a little later. Cancelling a cancelled order \
        changes nothing.\
        """)
    @ApiResponse(responseCode = "202", description = "The order is cancelled")
    @ApiResponse(responseCode = "404", description = "`order_not_found`")
    @ApiResponse(responseCode = "409", description = "`order_shipped`: too late; `order_keeps_changing`")
    OrderView cancel(@PathVariable UUID id) {
        return cancellation.cancel(id, owner());
    }

    private Ownership owner() {
        return Ownership.of(access.caller());
    }
}
