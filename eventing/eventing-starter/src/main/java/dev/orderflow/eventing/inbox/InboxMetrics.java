package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.retry.Move;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what happens to events, per group and event type. */
public class InboxMetrics {

    private final MeterRegistry registry;
    private final String group;

    public InboxMetrics(MeterRegistry registry, String group) {
        this.registry = registry;
        this.group = group;
    }

    void handled(String type) {
        count("handled", type);
    }

    /** Delivered again and dropped, since it was taken in before. */
    void duplicate(String type) {
        count("duplicates", type);
    }

    /** Of a type that this group does not handle. */
    void unhandled(String type) {
        count("unhandled", type);
    }

    /** Could not take effect now. */
    void moved(Move move) {
        switch (move) {
            case Move.Retried(var type, var level, var cause) ->
                registry.counter(
                                "eventing.inbox.retried",
                                "group",
                                group,
                                "type",
                                type,
                                "level",
                                Integer.toString(level))
                        .increment();
            case Move.Held(var type) -> count("held", type);
            case Move.Died died -> {
                // Counted with the dead letters.
            }
        }
    }

    private void count(String what, String type) {
        registry.counter("eventing.inbox." + what, "group", group, "type", type).increment();
    }
}
