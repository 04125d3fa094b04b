package dev.orderflow.eventing.inbox;

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

    /** Delivered again and dropped, since it had its effect already. */
    void duplicate(String type) {
        count("duplicates", type);
    }

    /** Of a type that this group does not handle. */
    void unhandled(String type) {
        count("unhandled", type);
    }

    /** Will be delivered again. */
    void failed(String type) {
        count("failed", type);
    }

    private void count(String what, String type) {
        registry.counter("eventing.inbox." + what, "group", group, "type", type).increment();
    }
}
