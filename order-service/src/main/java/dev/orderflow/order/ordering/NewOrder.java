package dev.orderflow.order.ordering;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.PersonalData;
import dev.orderflow.events.order.PaymentMethod;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An order as a customer requests it. It has no prices, which come from the catalog.
 *
 * @param lines   one or more; a product may be in several
 * @param coupons codes in no order
 */
record NewOrder(
        @PersonalData(value = "to answer a request", kept = "during the request", erased = "not stored")
        String customerId,

        List<Line> lines,
        Set<String> coupons,
        PaymentMethod paymentMethod) {

    /** Separates coupons from lines in the fingerprint: no text has this length. */
    private static final int COUPONS = -1;

    /** @param quantity 1 or more */
    record Line(String sku, int quantity) {}

    NewOrder {
        lines = List.copyOf(lines);
        coupons = Collections.unmodifiableSet(new TreeSet<>(coupons));
    }

    /** Creates an order without coupons. */
    NewOrder(String customerId, List<Line> lines, PaymentMethod paymentMethod) {
        this(customerId, lines, Set.of(), paymentMethod);
    }

    Set<String> skus() {
        return lines.stream().map(Line::sku).collect(Collectors.toSet());
    }

    /**
     * Computes the SHA-256 of the request's meaning instead of the client's bytes, because a retry may format its JSON
     * differently.
     * <p>
     * The hash is stored with idempotency keys, so it must not change for orders that could be expressed before: append
     * new fields only when they are present. Each text is preceded by its length, otherwise two different orders could
     * produce the same bytes.
     */
    byte[] fingerprint() {
        var digest = sha256();
        update(digest, customerId);
        update(digest, paymentMethod.name());
        for (var line : lines) {
            update(digest, line.sku());
            update(digest, line.quantity());
        }
        if (!coupons.isEmpty()) {
            update(digest, COUPONS);
            coupons.forEach(coupon -> update(digest, coupon));
        }
        return digest.digest();
    }

    private static void update(MessageDigest digest, String text) {
        var bytes = text.getBytes(UTF_8);
        update(digest, bytes.length);
        digest.update(bytes);
    }

    private static void update(MessageDigest digest, int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
