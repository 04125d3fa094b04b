package dev.orderflow.order.ordering;

import dev.orderflow.edge.paging.CursorToken;
import dev.orderflow.edge.problem.Refusal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** A position in a list of orders, newest first: directly after the order with this time and id. */
record OrderCursor(Instant placedAt, UUID id) {

    private static final int LENGTH = 3 * Long.BYTES;

    /** The position before all orders: PostgreSQL can store this instant, and no order has a later one. */
    static final OrderCursor NEWEST = new OrderCursor(Instant.parse("9999-12-31T23:59:59Z"), new UUID(-1, -1));

    /** Returns the token of this position for clients. Its fixed length makes corrupt tokens easy to detect. */
    String encode() {
        var position = ByteBuffer.allocate(LENGTH)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, placedAt))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return CursorToken.encode(position.array());
    }

    /** @throws Refusal when {@code token} was not made by {@link #encode} */
    static OrderCursor decode(String token) {
        var position = ByteBuffer.wrap(CursorToken.decode(token));
        if (position.remaining() != LENGTH) {
            throw CursorToken.invalid();
        }
        var placedAt = Instant.EPOCH.plus(position.getLong(), ChronoUnit.MICROS);
        if (placedAt.isBefore(Instant.EPOCH) || placedAt.isAfter(NEWEST.placedAt)) {
            throw CursorToken.invalid();
        }
        return new OrderCursor(placedAt, new UUID(position.getLong(), position.getLong()));
    }
}
