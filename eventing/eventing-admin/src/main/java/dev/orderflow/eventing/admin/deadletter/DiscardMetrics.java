package dev.orderflow.eventing.admin.deadletter;

import dev.orderflow.eventing.wire.EventTypeTag;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;

/** Counts discarded dead letters by group and event type. */
class DiscardMetrics {

    private final MeterRegistry registry;
    private final String group;
    private final EventTypeTag tag;

    DiscardMetrics(MeterRegistry registry, String group, EventTypeTag tag) {
        this.registry = registry;
        this.group = group;
        this.tag = tag;
    }

    /** Must be called after the commit. */
    void discarded(Collection<String> types) {
        types.forEach(type -> registry.counter("eventing.deadletters.discarded", "group", group, "type", tag.of(type))
                .increment());
    }
}
