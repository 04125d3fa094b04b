package dev.orderflow.hub.timeline;

import dev.orderflow.hub.query.EventQueries;
import dev.orderflow.hub.timeline.Timeline.Loss;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Composes timelines. The events of an order are those with its key, and those of the same flows that they have caused, directly or not:
 * a flow's id may be a client's, and may be shared with other orders.
 */
@Component
class Timelines {

    /** An order of the suite has about twenty events. */
    private static final int MOST_EVENTS = 1_000;

    private static final int MOST_SIGHTINGS = 5_000;
    private static final int MOST_FLOWS = 20;
    private static final int MOST_LOSSES = 100;

    private final TimelineRows rows;
    private final EventQueries queries;

    Timelines(TimelineRows rows, EventQueries queries) {
        this.rows = rows;
        this.queries = queries;
    }

    private record Content(
            List<TimelineEvent> events, List<TimelineSighting> sightings, List<Loss> gaps, boolean isTruncated) {}

    /** Returns the timeline of an order of a tenant; empty if no event of it is stored. */
    Optional<Timeline> find(String tenant, UUID orderId) {
        var content = queries.inTime(tenant, () -> read(tenant, orderId.toString()));
        return content.events().isEmpty() ? Optional.empty() : Optional.of(timeline(orderId, content));
    }

    private Content read(String tenant, String key) {
        var own = rows.ofKey(tenant, key, MOST_EVENTS + 1);
        var flows = own.stream()
                .map(TimelineEvent::correlationId)
                .distinct()
                .limit(MOST_FLOWS)
                .toList();
        var flowing = flows.isEmpty() ? List.<TimelineEvent>of() : rows.ofFlows(tenant, flows, MOST_EVENTS + 1);
        var all = new LinkedHashSet<>(own);
        all.addAll(causedBy(own, flowing));
        var events = all.stream().limit(MOST_EVENTS).toList();
        var sightings = rows.sightings(tenant, events, MOST_SIGHTINGS);
        var isTruncated =
                all.size() > MOST_EVENTS || flowing.size() > MOST_EVENTS || sightings.size() == MOST_SIGHTINGS;
        return new Content(events, sightings, rows.gaps(tenant, key, MOST_LOSSES), isTruncated);
    }

    /** Returns those of {@code candidates} whose chain of causes leads to one of {@code events}. */
    private static List<TimelineEvent> causedBy(List<TimelineEvent> events, List<TimelineEvent> candidates) {
        var ids = events.stream().map(TimelineEvent::publishedId).collect(Collectors.toCollection(HashSet::new));
        var caused = new ArrayList<TimelineEvent>();
        var rest = new ArrayList<>(candidates);
        boolean grown;
        do {
            var next = rest.stream()
                    .filter(event -> ids.contains(event.causationId()))
                    .toList();
            rest.removeAll(next);
            caused.addAll(next);
            grown = next.stream().map(event -> ids.add(event.publishedId())).reduce(false, Boolean::logicalOr);
        } while (grown);
        return caused;
    }

    private static Timeline timeline(UUID orderId, Content content) {
        var sightings = content.sightings().stream()
                .collect(Collectors.groupingBy(TimelineSighting::eventId, LinkedHashMap::new, Collectors.toList()));
        var steps = new TimelineSteps(sightings).of(content.events());
        var own = content.events().stream()
                .filter(event -> event.key().equals(orderId.toString()))
                .toList();
        var order = new OrderSteps(types(own));
        return new Timeline(
                orderId,
                order.status(),
                steps,
                order.pending(),
                content.gaps().stream()
                        .flatMap(gap -> missing(gap, own).stream())
                        .toList(),
                content.isTruncated());
    }

    private static Set<String> types(List<TimelineEvent> events) {
        return events.stream().map(TimelineEvent::type).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the parts of a gap that were not filled afterwards. */
    private static List<Loss> missing(Loss gap, List<TimelineEvent> events) {
        var missing = new ArrayList<Loss>();
        var first = gap.first();
        var filled = events.stream()
                .filter(event ->
                        event.source().equals(gap.source()) && event.topic().equals(gap.topic()))
                .mapToLong(TimelineEvent::sequence)
                .filter(sequence -> sequence >= gap.first() && sequence <= gap.last())
                .sorted()
                .toArray();
        for (var sequence : filled) {
            if (sequence > first) {
                missing.add(part(gap, first, sequence - 1));
            }
            first = sequence + 1;
        }
        if (first <= gap.last()) {
            missing.add(part(gap, first, gap.last()));
        }
        return missing;
    }

    private static Loss part(Loss gap, long first, long last) {
        return new Loss(gap.source(), gap.topic(), first, last, gap.foundAt(), gap.confirmed());
    }
}
