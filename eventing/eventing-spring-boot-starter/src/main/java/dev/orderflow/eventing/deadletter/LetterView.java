package dev.orderflow.eventing.deadletter;

import java.time.Instant;
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
record LetterView(
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
        int attempts,
        long heldBehind) {}
