package dev.orderflow.eventing.deadletter;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter in a list.
 *
 * @param partition  of the topic that the event was published on, as is {@code offset}
 * @param deaths     how often it died; more than once if a replay failed
 * @param attempts   how many of the failed ones are remembered
 * @param heldBehind how many later events of its key wait
 */
public record DeadLetter(
        UUID id,
        UUID eventId,
        String type,
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        @Nullable String handler,
        String exception,
        @Nullable String message,
        String rootCause,
        int deaths,
        DeadLetter.State state,
        Instant firstDiedAt,
        Instant diedAt,
        int attempts,
        long heldBehind) {

    /** Where a dead letter stands. */
    public enum State {
        /** Waits for an operator. */
        DEAD,
        /** A replay will take it. */
        QUEUED,
        /** On its way again. */
        REPLAYING,
        /** Has had its effect. */
        REPLAYED,
        /** Given up by an operator. */
        DISCARDED
    }

    /**
     * All that is known of a dead letter.
     *
     * @param attempts the last failed ones, the oldest first, as JSON
     * @param payload  as JSON: what was published, if that was JSON, else {@code {"base64": …}}
     */
    public record Details(
            UUID id,
            UUID eventId,
            String type,
            String topic,
            int partition,
            long offset,
            @Nullable String key,
            @Nullable String handler,
            String exception,
            @Nullable String message,
            String rootCause,
            int deaths,
            DeadLetter.State state,
            Instant firstDiedAt,
            Instant diedAt,
            @Nullable Instant closedAt,
            @Nullable UUID replayId,
            long heldBehind,
            @JsonRawValue String attempts,
            Map<String, @Nullable String> headers,
            @Nullable @JsonRawValue String payload) {

        static Details of(
                DeadLetter letter,
                @Nullable Instant closedAt,
                @Nullable UUID replayId,
                String attempts,
                Map<String, @Nullable String> headers,
                @Nullable String payload) {
            return new Details(
                    letter.id(),
                    letter.eventId(),
                    letter.type(),
                    letter.topic(),
                    letter.partition(),
                    letter.offset(),
                    letter.key(),
                    letter.handler(),
                    letter.exception(),
                    letter.message(),
                    letter.rootCause(),
                    letter.deaths(),
                    letter.state(),
                    letter.firstDiedAt(),
                    letter.diedAt(),
                    closedAt,
                    replayId,
                    letter.heldBehind(),
                    attempts,
                    headers,
                    payload);
        }
    }
}
