package dev.orderflow.eventing.admin.deadletter;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.orderflow.eventing.PersonalData;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter in a list.
 *
 * @param tenant     that of the event; null if it names none
 * @param partition  the partition of the topic that the event was published on; {@code offset} refers to it
 * @param deaths     number of times that the event died; more than one if a replay failed
 * @param attempts   number of stored failed attempts
 * @param heldBehind number of later events of its key that wait
 */
record DeadLetter(
        UUID id,
        UUID eventId,
        String type,
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        @Nullable String tenant,
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

    /** The state of a dead letter. */
    enum State {
        /** Waits for an operator. */
        DEAD,
        /** Queued for a replay. */
        QUEUED,
        /** Sent again by a replay; the result is still unknown. */
        REPLAYING,
        /** Has since taken effect. */
        REPLAYED,
        /** Given up by an operator. */
        DISCARDED
    }

    /**
     * The details of a dead letter.
     *
     * @param attempts the last failed attempts, the oldest first, as JSON
     * @param payload  as JSON: the published payload if that was JSON, otherwise {@code {"base64": …}}
     */
    record Details(
            UUID id,
            UUID eventId,
            String type,
            String topic,
            int partition,
            long offset,
            @Nullable String key,
            @Nullable String tenant,
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

            @PersonalData(
                    value = "to replay an event",
                    kept = "until resolved, then `eventing.topics.dead-letter-retention`",
                    erased = "refers to nobody")
            @Nullable
            @JsonRawValue
            String payload) {

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
                    letter.tenant(),
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
