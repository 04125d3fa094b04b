package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.retry.KeyQueues.Move;
import dev.orderflow.eventing.wire.EventTypeTag;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counters of consumed, failed and skipped events, per group and event type. */
class InboxMetrics {

    private final MeterRegistry registry;
    private final String group;
    private final EventTypeTag tag;
    private final Counters handled = new Counters("eventing.inbox.handled");
    private final Counters duplicates = new Counters("eventing.inbox.duplicates");
    private final Counters unhandled = new Counters("eventing.inbox.unhandled");
    private final Counters expired = new Counters("eventing.inbox.expired");
    private final Counters held = new Counters("eventing.inbox.held");

    InboxMetrics(MeterRegistry registry, String group, EventTypeTag tag) {
        this.registry = registry;
        this.group = group;
        this.tag = tag;
    }

    String group() {
        return group;
    }

    void handled(String type) {
        handled.increment(type);
    }

    /** Counts a redelivered event that was consumed before and is dropped. */
    void duplicate(String type) {
        duplicates.increment(type);
    }

    /** Counts an event that was not handled because its deadline had passed. */
    void expired(String type) {
        expired.increment(type);
    }

    /** Counts an event of a type that this group does not handle. */
    void unhandled(String type) {
        unhandled.increment(type);
    }

    /** Counts an event on a topic that belongs to another source, each time its record is read. */
    void foreign(String topic) {
        registry.counter("eventing.inbox.foreign", "group", group, "topic", topic)
                .increment();
    }

    /** Counts an event that could not take effect now. */
    void moved(Move move) {
        switch (move) {
            case Move.Retried retried ->
                registry.counter(
                                "eventing.inbox.retried",
                                "group",
                                group,
                                "type",
                                tag.of(retried.type()),
                                "level",
                                Integer.toString(retried.level()))
                        .increment();
            case Move.Held moved -> held.increment(moved.type());
            case Move.Died died -> {
                // DeadLetterMetrics counts them.
            }
        }
    }

    /** Counters by tag value. Looking up a counter in the registry costs more than counting. */
    private final class Counters {

        private final String name;
        private final Map<String, Counter> byTag = new ConcurrentHashMap<>();

        private Counters(String name) {
            this.name = name;
        }

        private void increment(String type) {
            var counter = byTag.get(type);
            if (counter == null) {
                counter = byTag.computeIfAbsent(
                        tag.of(type), bounded -> registry.counter(name, "group", group, "type", bounded));
            }
            counter.increment();
        }
    }
}
