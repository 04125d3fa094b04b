package dev.orderflow.loyalty.points;

import io.micrometer.core.instrument.Counter;
import java.util.ArrayList;
import java.util.List;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Counts the changes of a transaction once it has committed. A transaction has only one. Looking up a synchronization copies and
 * sorts all of them, so one per event would make a batch quadratic.
 */
final class CommittedCounts implements TransactionSynchronization {

    private final List<Count> counts = new ArrayList<>();

    private record Count(Counter counter, double amount) {}

    private CommittedCounts() {}

    /** @throws IllegalStateException without a transaction */
    static void add(Counter counter, double amount) {
        ofTransaction().counts.add(new Count(counter, amount));
    }

    private static CommittedCounts ofTransaction() {
        for (var synchronization : TransactionSynchronizationManager.getSynchronizations()) {
            if (synchronization instanceof CommittedCounts known) {
                return known;
            }
        }
        var created = new CommittedCounts();
        TransactionSynchronizationManager.registerSynchronization(created);
        return created;
    }

    @Override
    public void afterCommit() {
        counts.forEach(count -> count.counter().increment(count.amount()));
    }
}
