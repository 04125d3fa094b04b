package dev.orderflow.hub.timeline;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.orderflow.hub.timeline.Timeline.Attempt;
import dev.orderflow.hub.timeline.Timeline.ConsumerOutcome;
import dev.orderflow.hub.timeline.Timeline.Outcome;
import dev.orderflow.hub.timeline.Timeline.RecordPlace;
import dev.orderflow.hub.timeline.Timeline.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The steps of a timeline: events with their causes, their records, and the attempts of consumers. */
final class TimelineSteps {

    private static final String SOURCE = "SOURCE";
    private static final String DEAD = "DEAD";

    private final Map<UUID, List<TimelineSighting>> sightings;

    /** @param sightings records by event, in the order of their times */
    TimelineSteps(Map<UUID, List<TimelineSighting>> sightings) {
        this.sightings = sightings;
    }

    /** Returns the steps in causal order. */
    List<Step> of(List<TimelineEvent> events) {
        var ids = events.stream().map(TimelineEvent::publishedId).collect(Collectors.toUnmodifiableSet());
        return new CausalOrder(this::record)
                .sort(events).stream()
                        .map(event -> step(event, ids.contains(event.causationId()) ? event.causationId() : null))
                        .toList();
    }

    private Step step(TimelineEvent event, @Nullable String cause) {
        var published = record(event);
        var recordTime = published == null ? event.recordTime() : published.recordTime();
        return new Step(
                event.publishedId(),
                event.source(),
                event.type(),
                event.key(),
                event.time(),
                recordTime,
                event.sequence(),
                event.correlationId(),
                event.causationId(),
                Objects.equals(cause, event.publishedId()) ? null : cause,
                published == null ? null : place(published),
                published == null || event.time() == null
                        ? null
                        : Duration.between(event.time(), recordTime).toMillis(),
                outcomes(event));
    }

    /** Returns the first record of an event on its own topic; null if none was seen. */
    private @Nullable TimelineSighting record(TimelineEvent event) {
        return of(event).stream()
                .filter(sighting -> sighting.kind().equals(SOURCE))
                .findFirst()
                .orElse(null);
    }

    private List<TimelineSighting> of(TimelineEvent event) {
        return sightings.getOrDefault(event.id(), List.of()).stream()
                .filter(sighting -> sighting.sourceKey() == event.sourceKey())
                .toList();
    }

    private List<ConsumerOutcome> outcomes(TimelineEvent event) {
        return of(event).stream()
                .filter(sighting -> sighting.consumer() != null)
                .collect(groupingBy(sighting -> String.valueOf(sighting.consumer()), TreeMap::new, toList()))
                .entrySet()
                .stream()
                .map(copies -> outcome(copies.getKey(), copies.getValue()))
                .toList();
    }

    private static ConsumerOutcome outcome(String consumer, List<TimelineSighting> copies) {
        var died = copies.stream().anyMatch(copy -> copy.kind().equals(DEAD));
        var last = copies.getLast().kind().equals(DEAD);
        var outcome = last ? Outcome.DEAD : died ? Outcome.REPLAYED : Outcome.RETRIED;
        return new ConsumerOutcome(
                consumer, outcome, copies.stream().map(TimelineSteps::attempt).toList());
    }

    private static Attempt attempt(TimelineSighting copy) {
        return new Attempt(
                place(copy),
                copy.recordTime(),
                copy.kind().equals(DEAD),
                copy.hop(),
                copy.dueAt(),
                copy.handler(),
                copy.exception());
    }

    private static RecordPlace place(TimelineSighting sighting) {
        return new RecordPlace(sighting.topic(), sighting.partition(), sighting.offset());
    }
}
