package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.retry.Move;
import dev.orderflow.eventing.wire.EventTypeTag;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what happens to events, per group and event type. */
public class InboxMetrics {

    private final MeterRegistry registry;
    private final String group;
    private final EventTypeTag tag;
    private final Counters handled = new Counters("eventing.inbox.handled");
    private final Counters duplicates = new Counters("eventing.inbox.duplicates");
    private final Counters unhandled = new Counters("eventing.inbox.unhandled");
    private final Counters held = new Counters("eventing.inbox.held");

    public InboxMetrics(MeterRegistry registry, String group, EventTypeTag tag) {
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

    /** Delivered again and dropped, since it was taken in before. */
    void duplicate(String type) {
        duplicates.increment(type);
    }

    /** Of a type that this group does not handle. */
    void unhandled(String type) {
        unhandled.increment(type);
    }

    /** On a topic that belongs to another source than the record's. Counted each time the record is read. */
    void foreign(String topic) {
        registry.counter("eventing.inbox.foreign", "group", group, "topic", topic)
                .increment();
    }

    /** Could not take effect now. */
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
                // Counted with the dead letters.
            }
        }
    }

    /** One per tag: asking the registry for a counter costs more than counting. */
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
