package dev.orderflow.demo.client;

import dev.orderflow.events.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as order-service tells it.
 *
 * @param reason  why it was cancelled
 * @param history its statuses, oldest first
 */
public record Order(
        UUID orderId,
        OrderStatus status,
        @Nullable String reason,
        Money total,
        Instant placedAt,
        List<Change> history) {

    /** When the order took {@code wanted}, if it ever did. */
    public Optional<Instant> reached(OrderStatus wanted) {
        return history.stream()
                .filter(change -> change.status() == wanted)
                .map(Change::at)
                .findFirst();
    }

    /** One step of the history. */
    public record Change(
            OrderStatus status, Instant at, @Nullable String reason) {}
}
