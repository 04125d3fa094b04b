package dev.orderflow.order.ordering;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An order on its way into the database, perhaps taken there by another request's thread. */
final class Placement {

    private final UUID id;
    private final PlaceOrder request;
    private final @Nullable String idempotencyKey;
    private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();

    /** @param id that the order gets if it is placed */
    Placement(UUID id, PlaceOrder request, @Nullable String idempotencyKey) {
        this.id = id;
        this.request = request;
        this.idempotencyKey = idempotencyKey;
    }

    sealed interface Outcome {

        /** The order is in the database: this one, or one placed before with the same key. */
        record Placed(OrderView order) implements Outcome {}

        /** It is not, as far as is known, and why. */
        record Failed(RuntimeException cause) implements Outcome {}
    }

    UUID id() {
        return id;
    }

    PlaceOrder request() {
        return request;
    }

    @Nullable
    String idempotencyKey() {
        return idempotencyKey;
    }

    int lines() {
        return request.lines().size();
    }

    /** The first word counts. */
    void resolve(Outcome what) {
        outcome.compareAndSet(null, what);
    }

    /**
     * What has come of it.
     *
     * @throws RuntimeException why it failed
     */
    OrderView order() {
        return switch (outcome.get()) {
            case Outcome.Placed(var order) -> order;
            case Outcome.Failed(var cause) -> throw cause;
            case null -> throw new IllegalStateException("nobody has placed order " + id);
        };
    }
}
