package dev.orderflow.order.ordering;

import dev.orderflow.eventing.PersonalData;
import dev.orderflow.events.Money;
import dev.orderflow.events.order.CancellationReason;
import dev.orderflow.order.lifecycle.OrderStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order in the form that clients see. */
@Schema(name = "Order")
record OrderView(
        UUID orderId,

        @PersonalData(value = "to answer a request", kept = "during the request", erased = "not stored")
        @Schema(example = "17850")
        String customerId,

        OrderStatus status,

        @Schema(description = "Reason of the cancellation; null if not cancelled.", nullable = true) @Nullable
        CancellationReason reason,

        List<Line> lines,

        @Schema(description = "What promotions took off the lines' amounts.")
        List<Discount> discounts,

        Money total,
        Instant placedAt,

        @Schema(description = "Increases with every change.")
        long version,

        @Schema(description = "All statuses so far, oldest first.")
        List<Change> history) {

    @Schema(name = "OrderLine", description = "Name and price at the moment the order was placed.")
    record Line(String sku, String name, int quantity, Money unitPrice, Money amount) {}

    /** @param rule name of the promotion */
    @Schema(name = "OrderDiscount", description = "The promotion in the version that priced the order.")
    record Discount(String rule, UUID promotionId, long version, Money amount) {}

    @Schema(name = "StatusChange")
    record Change(
            OrderStatus status,
            Instant at,

            @Schema(nullable = true) @Nullable CancellationReason reason) {}

    /** Reads lines and history, so an order that is not fully loaded needs its transaction. */
    static OrderView of(Order order) {
        return new OrderView(
                order.getId(),
                order.customerId(),
                order.status(),
                order.reason(),
                order.lines().stream()
                        .map(line -> new Line(
                                line.sku(),
                                line.name(),
                                line.quantity(),
                                order.money(line.unitPrice()),
                                order.money(line.amount())))
                        .toList(),
                order.discounts().stream()
                        .map(discount -> new Discount(
                                discount.name(),
                                discount.promotionId(),
                                discount.version(),
                                order.money(discount.amount())))
                        .toList(),
                order.total(),
                order.placedAt(),
                order.version(),
                order.history().stream()
                        .map(change -> new Change(change.status(), change.at(), change.reason()))
                        .toList());
    }

    /** Returns the order in its initial state, as the answer to its {@code POST} showed it. */
    OrderView asPlaced() {
        var placed = history.getFirst();
        return new OrderView(
                orderId,
                customerId,
                placed.status(),
                placed.reason(),
                lines,
                discounts,
                total,
                placedAt,
                0,
                List.of(placed));
    }
}
