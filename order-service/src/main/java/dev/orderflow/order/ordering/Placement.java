package dev.orderflow.order.ordering;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An order on its way into the database, perhaps in a group that another thread takes there. */
final class Placement {

    private final UUID id;
    private final PlaceOrder request;
    private final @Nullable String idempotencyKey;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    /** @param id that the order gets if it is placed */
    Placement(UUID id, PlaceOrder request, @Nullable String idempotencyKey) {
        this.id = id;
        this.request = request;
        this.idempotencyKey = idempotencyKey;
    }

    sealed interface Outcome {

        /** The order is in the database: this one, or one placed before with the same key. */
        record Placed(OrderView order) implements Outcome {}

        /** It is not, and why. */
        record Failed(RuntimeException cause) implements Outcome {}

        /** Its group's transaction failed, for which another order may be to blame, and perhaps after it had committed. */
        record Unknown() implements Outcome {}
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
        outcome.complete(what);
    }

    /** Waits for it. */
    Outcome outcome() {
        return outcome.join();
    }
}
