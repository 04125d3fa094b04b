package dev.orderflow.demo.client;

import dev.orderflow.events.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Order as order-service returns it.
 *
 * @param reason why it was cancelled
 * @param discounts what promotions took off
 * @param history its statuses, oldest first
 */
public record Order(
        UUID orderId,
        OrderStatus status,
        @Nullable String reason,
        @Nullable List<Discount> discounts,
        Money total,
        Instant placedAt,
        List<Change> history) {

    /** @param rule name of the promotion */
    public record Discount(String rule, Money amount) {}

    /** Returns when the order got the status {@code wanted}, if it did. */
    public Optional<Instant> reached(OrderStatus wanted) {
        return history.stream()
                .filter(change -> change.status() == wanted)
                .map(Change::at)
                .findFirst();
    }

    /** Step of the history. */
    public record Change(
            OrderStatus status, Instant at, @Nullable String reason) {}
}
