package dev.orderflow.eventing.tracing;

import dev.orderflow.eventing.wire.ReversibleSynchronization;
import io.micrometer.tracing.Span;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The spans of one transaction's publications. They end with its commit. Spans of publications that are rolled back are abandoned,
 * so that no trace contains an event that was never published.
 */
final class UncommittedSpans implements ReversibleSynchronization {

    private final List<Span> spans = new ArrayList<>();
    private final Map<Object, Integer> spansAtSavepoint = new IdentityHashMap<>();

    private UncommittedSpans() {}

    /** Ends a span with the current transaction; at once if there is none. */
    static void end(Span span) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            ofTransaction().spans.add(span);
        } else {
            span.end();
        }
    }

    @Override
    public void savepoint(Object savepoint) {
        spansAtSavepoint.put(savepoint, spans.size());
    }

    @Override
    public void savepointRollback(Object savepoint) {
        abandon(spans.subList(spansAtSavepoint.getOrDefault(savepoint, 0), spans.size()));
    }

    /** Also ends the spans if it is unknown whether the transaction has committed: their events may be consumed. */
    @Override
    public void afterCompletion(int status) {
        if (status == STATUS_ROLLED_BACK) {
            abandon(spans);
        } else {
            spans.forEach(Span::end);
        }
    }

    private static UncommittedSpans ofTransaction() {
        for (var synchronization : TransactionSynchronizationManager.getSynchronizations()) {
            if (synchronization instanceof UncommittedSpans uncommitted) {
                return uncommitted;
            }
        }
        var uncommitted = new UncommittedSpans();
        TransactionSynchronizationManager.registerSynchronization(uncommitted);
        return uncommitted;
    }

    private static void abandon(List<Span> rolledBack) {
        rolledBack.forEach(Span::abandon);
        rolledBack.clear();
    }
}
