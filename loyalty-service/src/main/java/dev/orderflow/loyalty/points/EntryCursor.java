package dev.orderflow.loyalty.points;

import dev.orderflow.edge.paging.CursorToken;
import dev.orderflow.edge.problem.Refusal;
import java.nio.ByteBuffer;

/** A position in the entries of an account, newest first: directly after the entry with this id. */
record EntryCursor(long id) {

    /** The position before all entries. */
    static final EntryCursor NEWEST = new EntryCursor(Long.MAX_VALUE);

    /** Returns the token of this position for clients. */
    String encode() {
        return CursorToken.encode(ByteBuffer.allocate(Long.BYTES).putLong(id).array());
    }

    /** @throws Refusal when {@code token} was not made by {@link #encode} */
    static EntryCursor decode(String token) {
        var position = ByteBuffer.wrap(CursorToken.decode(token));
        if (position.remaining() != Long.BYTES) {
            throw CursorToken.invalid();
        }
        var id = position.getLong();
        if (id < 1) {
            throw CursorToken.invalid();
        }
        return new EntryCursor(id);
    }
}
