package dev.orderflow.loyalty.points;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import dev.orderflow.eventing.PersonalData;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/**
 * A request to redeem points that was carried out.
 *
 * @param points  1 or more
 * @param balance balance that was left
 */
record Redemption(
        UUID id,
        String tenant,

        @PersonalData(value = "whose points they are", kept = "for good", erased = "refers to nobody")
        String customer,

        long points,
        long balance,
        Instant at) {

    /** Returns the SHA-256 of a request's meaning. It is stored, so it must not change for requests that could be made before. */
    static byte[] fingerprint(long points) {
        return sha256(ByteBuffer.allocate(Long.BYTES).putLong(points).array());
    }

    static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static Refusal otherRequest() {
        return Refusal.unacceptable(
                "idempotency_key_reused",
                "This Idempotency-Key was used for a different redemption.",
                new Violation("Idempotency-Key", "must be new for each redemption"));
    }

    static Refusal insufficientPoints() {
        return Refusal.conflict("insufficient_points", "The balance is lower than the points to redeem.");
    }
}
