package dev.orderflow.eventing.deadletter;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a dead letter.
 *
 * @param attempts the last failed ones, the oldest first, as JSON
 * @param payload  as JSON: what was published, if that was JSON, else {@code {"base64": …}}
 */
record LetterDetails(
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
        LetterState state,
        Instant firstDiedAt,
        Instant diedAt,
        @Nullable Instant closedAt,
        @Nullable UUID replayId,
        long heldBehind,
        @JsonRawValue String attempts,
        Map<String, @Nullable String> headers,
        @Nullable @JsonRawValue String payload) {

    static LetterDetails of(
            LetterView letter,
            @Nullable Instant closedAt,
            @Nullable UUID replayId,
            String attempts,
            Map<String, @Nullable String> headers,
            @Nullable String payload) {
        return new LetterDetails(
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
