package dev.orderflow.eventing.retry;

import dev.orderflow.eventing.retry.DeadLetterBook.Attempt;
import dev.orderflow.eventing.retry.SourceRecord.EventStream;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An unresolved event: a row of {@code key_hold}.
 *
 * @param position its place among the unresolved events of its stream
 * @param hop      the number of times that the event was placed
 * @param level    the retry topic that contains it; 0 when it waits in the database
 * @param due      the earliest time of the next attempt
 * @param attempts the failed attempts that count
 */
record Hold(
        UUID eventId,
        EventStream stream,
        long position,
        String type,
        HoldState state,
        int hop,
        int level,
        Instant due,
        List<Attempt> attempts,
        int sourcePartition,
        long sourceOffset) {

    static Hold first(ConsumedRecord event, long position) {
        var source = event.source();
        return new Hold(
                source.id(),
                event.stream(),
                position,
                source.type(),
                HoldState.HELD,
                0,
                0,
                Instant.EPOCH,
                List.of(),
                source.partition(),
                source.offset());
    }

    /** Returns a copy at a new place, with the next hop. */
    Hold put(HoldState newState, int newLevel, Instant newDue, List<Attempt> newAttempts) {
        return new Hold(
                eventId,
                stream,
                position,
                type,
                newState,
                hop + 1,
                newLevel,
                newDue,
                newAttempts,
                sourcePartition,
                sourceOffset);
    }
}
