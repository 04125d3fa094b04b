package dev.orderflow.order.promotion;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.events.promotion.PromotionEvent;
import dev.orderflow.events.promotion.PromotionRemoved;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Changes promotions, and announces each change in the same transaction. Every instance learns of it from the event. */
@Service
class PromotionChanges {

    /** The most promotions, each of which every instance holds and every order considers. */
    static final int MOST = 1_000;

    private final PromotionTable table;
    private final EventPublisher events;
    private final TransactionOperations transactions;
    private final Clock clock;

    PromotionChanges(PromotionTable table, EventPublisher events, TransactionOperations transactions, Clock clock) {
        this.table = table;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A promotion, and whether it is new. */
    record Put(PromotionView promotion, boolean isNew) {}

    /**
     * Adds or replaces a promotion.
     *
     * @throws Refusal if the terms contradict each other, or there are too many promotions
     */
    Put put(UUID id, PromotionTerms terms) {
        terms.check();
        return inTransaction(() -> {
            table.lock();
            if (table.countOthers(id) >= MOST) {
                throw Refusal.unacceptable(
                        "too_many_promotions",
                        "There are " + MOST + " promotions, the most there may be. Remove one first.",
                        new Violation("id", "must be that of an existing promotion"));
            }
            var change = table.put(id, terms, now());
            publish(terms.changed(id, change.version(), change.at()));
            return new Put(new PromotionView(id, change.version(), terms), change.isNew());
        });
    }

    /** @throws Refusal if there is no such promotion */
    void remove(UUID id) {
        inTransaction(() -> {
            table.lock();
            var change = table.remove(id, now()).orElseThrow(() -> notFound(id));
            publish(new PromotionRemoved(id, change.version(), change.at()));
            return change;
        });
    }

    static Refusal notFound(UUID id) {
        return Refusal.notFound("promotion_not_found", "There is no promotion " + id + ".", id.toString());
    }

    private void publish(PromotionEvent event) {
        try (var _ = EventContext.current().withoutDeadline().open()) {
            events.publish(event);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.get()));
    }
}
