package dev.orderflow.eventing.deadletter;

import dev.orderflow.eventing.wire.EventTypeTag;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Counts the state changes of dead letters by group and event type, after the commit. */
class DeadLetterMetrics {

    private final MeterRegistry registry;
    private final String group;
    private final EventTypeTag tag;

    DeadLetterMetrics(MeterRegistry registry, String group, EventTypeTag tag) {
        this.registry = registry;
        this.group = group;
        this.tag = tag;
    }

    void dead(Collection<String> types) {
        count("dead", types);
    }

    /** Counts dead letters whose events have since taken effect. */
    void replayed(Collection<String> types) {
        count("replayed", types);
    }

    private void count(String what, Collection<String> types) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            increment(what, types);
            return;
        }
        var counted = List.copyOf(types);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                increment(what, counted);
            }
        });
    }

    private void increment(String what, Collection<String> types) {
        types.forEach(type -> registry.counter("eventing.deadletters." + what, "group", group, "type", tag.of(type))
                .increment());
    }
}
