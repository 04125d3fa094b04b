package dev.orderflow.hub.timeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sorts events so that each follows its cause; events without such a relation are in the order of their times, and then of their places.
 * Kahn's algorithm with a priority queue, so that clocks which differ between services never put an effect before its cause. Causes that
 * form a circle, which only a broken publisher makes, follow at the end in the order of their times.
 */
final class CausalOrder {

    private final Comparator<TimelineEvent> order;

    /** @param places returns the place of an event's record; null if it is not known */
    CausalOrder(Function<TimelineEvent, @Nullable TimelineSighting> places) {
        this.order = Comparator.comparing(TimelineEvent::at)
                .thenComparing(TimelineEvent::topic)
                .thenComparingInt(
                        event -> places.apply(event) instanceof TimelineSighting place ? place.partition() : 0)
                .thenComparingLong(event -> places.apply(event) instanceof TimelineSighting place ? place.offset() : 0)
                .thenComparing(TimelineEvent::id);
    }

    List<TimelineEvent> sort(List<TimelineEvent> events) {
        var byId = new HashMap<String, TimelineEvent>();
        events.forEach(event -> byId.putIfAbsent(event.publishedId(), event));
        Map<TimelineEvent, List<TimelineEvent>> effects = new HashMap<>();
        var ready = new PriorityQueue<>(order);
        var waiting = new LinkedHashMap<TimelineEvent, TimelineEvent>();
        for (var event : events) {
            var cause = byId.get(event.causationId());
            if (cause == null || cause.equals(event)) {
                ready.add(event);
            } else {
                waiting.put(event, cause);
                effects.computeIfAbsent(cause, first -> new ArrayList<>()).add(event);
            }
        }
        var sorted = new ArrayList<TimelineEvent>(events.size());
        while (!ready.isEmpty()) {
            var next = ready.remove();
            sorted.add(next);
            effects.getOrDefault(next, List.of()).forEach(effect -> {
                waiting.remove(effect);
                ready.add(effect);
            });
        }
        waiting.keySet().stream().sorted(order).forEach(sorted::add);
        return sorted;
    }
}
