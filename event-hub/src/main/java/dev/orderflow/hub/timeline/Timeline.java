package dev.orderflow.hub.timeline;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is stored about an order.
 *
 * @param status      status that the order's events state; null before the first
 * @param steps       events in causal order
 * @param pending     steps that have not happened yet
 * @param losses      events that were lost
 * @param truncated   whether there are more events than a timeline shows
 */
record Timeline(
        UUID orderId,
        @Nullable String status,
        List<Step> steps,
        List<PendingStep> pending,
        List<Loss> losses,
        boolean truncated) {

    /**
     * An event.
     *
     * @param cause            id of the event of this timeline that caused it; null if another event or a request did
     * @param place            place of its record on its own topic; null while only copies were seen
     * @param outboxWaitMillis time from the fact to its record; null if one of them is not known
     * @param consumers        consumers that did not handle it at the first attempt
     */
    record Step(
            String id,
            String service,
            String type,
            String key,
            @Nullable Instant time,
            Instant recordTime,
            long sequence,
            String correlationId,
            String causationId,
            @Nullable String cause,
            @Nullable RecordPlace place,
            @Nullable Long outboxWaitMillis,
            List<ConsumerOutcome> consumers) {}

    /** The place of a record. */
    record RecordPlace(String topic, int partition, long offset) {}

    /**
     * A consumer's retries of an event.
     *
     * @param consumer its group
     */
    record ConsumerOutcome(String consumer, Outcome outcome, List<Attempt> attempts) {}

    /** The last known state of an event at a consumer. */
    enum Outcome {
        /** It was on retry topics only: it is retried, waits behind another of its key, or has taken effect. */
        RETRIED,
        /** It became a dead letter. */
        DEAD,
        /** It was replayed after its death. */
        REPLAYED
    }

    /**
     * A copy on a consumer's topic.
     *
     * @param dead      whether it is on the dead-letter topic, and not on a retry topic
     * @param hop       number of times that the event was placed on a retry topic
     * @param dueAt     time of the attempt that follows
     * @param handler   handler that failed
     * @param exception class of its exception
     */
    record Attempt(
            RecordPlace place,
            Instant recordTime,
            boolean dead,
            @Nullable Integer hop,
            @Nullable Instant dueAt,
            @Nullable String handler,
            @Nullable String exception) {}

    /** A step that has not happened yet. */
    record PendingStep(String type, String service) {}

    /**
     * Sequences that are missing between events of a source.
     *
     * @param first     first missing sequence
     * @param last      last missing sequence
     * @param confirmed whether the gap is older than the time within which it may still be filled
     */
    record Loss(String source, String topic, long first, long last, Instant foundAt, boolean confirmed) {}
}
