package dev.orderflow.eventing.routes;

import dev.orderflow.eventing.routes.RouteCounts.Outcome;
import dev.orderflow.eventing.wire.ReversibleSynchronization;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Counts a transaction's events when it has committed, without those that were rolled back to a savepoint. */
final class CommittedCounts implements ReversibleSynchronization {

    private final List<Count> counts = new ArrayList<>();
    private final Map<Object, Integer> atSavepoint = new IdentityHashMap<>();

    private record Count(RouteCounts route, Outcome outcome) {}

    private CommittedCounts() {}

    /** @throws IllegalStateException without a transaction */
    static void add(RouteCounts route, Outcome outcome) {
        ofTransaction().counts.add(new Count(route, outcome));
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
    public void savepoint(Object savepoint) {
        atSavepoint.put(savepoint, counts.size());
    }

    @Override
    public void savepointRollback(Object savepoint) {
        counts.subList(atSavepoint.getOrDefault(savepoint, 0), counts.size()).clear();
    }

    @Override
    public void afterCommit() {
        counts.forEach(count -> count.route().add(count.outcome()));
    }
}
