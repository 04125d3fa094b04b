package dev.orderflow.hub.query;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/** A position in a list of events, newest first: directly after the event with this time and number. */
record EventCursor(Instant recordTime, long position) {

    private static final int LENGTH = 2 * Long.BYTES;
    private static final int LONGEST = 40;

    /** The position before all events. */
    static final EventCursor NEWEST = new EventCursor(EventFilter.LATEST, Long.MAX_VALUE);

    /** Returns the form that clients see. */
    String encode() {
        var bytes = ByteBuffer.allocate(LENGTH)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, recordTime))
                .putLong(position);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** @throws Refusal if {@code token} was not made by {@link #encode} */
    static EventCursor decode(String token) {
        var bytes = bytes(token);
        if (bytes.length != LENGTH) {
            throw invalid();
        }
        var buffer = ByteBuffer.wrap(bytes);
        var recordTime = Instant.EPOCH.plus(buffer.getLong(), ChronoUnit.MICROS);
        if (recordTime.isBefore(EventFilter.EARLIEST) || recordTime.isAfter(EventFilter.LATEST)) {
            throw invalid();
        }
        return new EventCursor(recordTime, buffer.getLong());
    }

    private static byte[] bytes(String token) {
        try {
            return token.length() > LONGEST
                    ? new byte[0]
                    : Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static Refusal invalid() {
        return Refusal.invalid(
                "invalid_cursor",
                "The cursor is not one that a page of this list has returned as nextCursor.",
                new Violation("cursor", "must be a nextCursor"));
    }
}
