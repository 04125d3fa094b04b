package dev.orderflow.order.promotion;

import dev.orderflow.edge.paging.CursorToken;
import dev.orderflow.edge.paging.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Promotions over REST. */
@RestController
@RequestMapping(path = "/api/promotions", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Promotions", description = "Rules that lower the prices of orders, for all tenants.")
class PromotionController {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final PromotionTable table;
    private final PromotionChanges changes;

    PromotionController(PromotionTable table, PromotionChanges changes) {
        this.table = table;
        this.changes = changes;
    }

    @GetMapping
    @Operation(summary = "List promotions, ordered by id")
    Page<PromotionView> list(
            @RequestParam(defaultValue = "20") @Min(1) @Max(200) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var after = cursor == null ? BEFORE_ALL : decode(cursor);
        return Page.of(table.list(after, limit + 1), limit, promotion -> encode(promotion.id()));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Get a promotion")
    @ApiResponse(responseCode = "200")
    @ApiResponse(responseCode = "404", description = "`promotion_not_found`")
    PromotionView get(@PathVariable UUID id) {
        return table.find(id).orElseThrow(() -> PromotionChanges.notFound(id));
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Add or replace a promotion",
            description = "Takes effect on each instance within about a second. Existing orders keep their prices.")
    @ApiResponse(responseCode = "200", description = "Replaced")
    @ApiResponse(responseCode = "201", description = "Added")
    @ApiResponse(responseCode = "422", description = "`invalid_promotion`, `invalid_price`, `too_many_promotions`")
    ResponseEntity<PromotionView> put(@PathVariable UUID id, @RequestBody @Valid PromotionTerms terms) {
        var put = changes.put(id, terms);
        return ResponseEntity.status(put.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(put.promotion());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove a promotion", description = "Orders keep what it has taken off.")
    @ApiResponse(responseCode = "204", description = "Removed")
    @ApiResponse(responseCode = "404", description = "`promotion_not_found`")
    void remove(@PathVariable UUID id) {
        changes.remove(id);
    }

    private static String encode(UUID id) {
        return CursorToken.encode(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
    }

    private static UUID decode(String cursor) {
        var position = ByteBuffer.wrap(CursorToken.decode(cursor));
        if (position.remaining() != 2 * Long.BYTES) {
            throw CursorToken.invalid();
        }
        return new UUID(position.getLong(), position.getLong());
    }
}
