package dev.orderflow.loyalty.points;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.edge.security.Caller;
import java.nio.ByteBuffer;

/**
 * The idempotency key of one caller's requests to redeem points. Another caller's key with the same text is another key, so
 * that a customer cannot occupy a shop's.
 * <p>
 * Only its hash is stored: redemptions are kept for good, and a client may have put anything into the text. A customer has its
 * reference in the hash instead of its id. With the id, a guess at the text could show whose points they were, even after the
 * customer's erasure.
 */
final class RedemptionKey {

    private final byte[] hash;

    private RedemptionKey(byte[] hash) {
        this.hash = hash;
    }

    /** @param account the account of the caller itself, unless it acts for any customer */
    static RedemptionKey of(Caller caller, PointsAccount.Key account, String text) {
        var holder = caller.actsForAnyCustomer() ? caller.subject() : account.customer();
        return new RedemptionKey(Redemption.sha256(encode(holder, text)));
    }

    /** Returns the SHA-256 of the key. It is stored, so it must not change for requests that could be made before. */
    byte[] hash() {
        return hash.clone();
    }

    /** The length in front shows where the holder ends. */
    private static byte[] encode(String holder, String text) {
        var first = holder.getBytes(UTF_8);
        var second = text.getBytes(UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + first.length + second.length)
                .putInt(first.length)
                .put(first)
                .put(second)
                .array();
    }
}
