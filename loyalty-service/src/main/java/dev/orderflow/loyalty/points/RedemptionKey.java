package dev.orderflow.loyalty.points;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The idempotency key of a request to redeem points. Only its hash is stored: redemptions are kept for good, and a client may
 * have put anything into the text.
 */
final class RedemptionKey {

    private final byte[] hash;

    private RedemptionKey(byte[] hash) {
        this.hash = hash;
    }

    static RedemptionKey of(String text) {
        return new RedemptionKey(Redemption.sha256(text.getBytes(UTF_8)));
    }

    /** Returns the SHA-256 of the key. It is stored, so it must not change for requests that could be made before. */
    byte[] hash() {
        return hash.clone();
    }
}
