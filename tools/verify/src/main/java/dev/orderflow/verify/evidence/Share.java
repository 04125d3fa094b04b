package dev.orderflow.verify.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Subset of the keys, selected by their hash. All data of one order is in one share, so that each rule can be checked
 * share by share, in memory that does not grow with the suite.
 *
 * @param number from 0
 * @param of the number of shares
 */
record Share(int number, int of) {

    static final Share ALL = new Share(0, 1);

    private static final ThreadLocal<MessageDigest> MD5 = ThreadLocal.withInitial(Share::md5);

    /** Returns shares of at most {@code most} of {@code events} each, on average. */
    static List<Share> ofAll(long events, long most) {
        var of = (int) Math.max(1, Math.ceilDiv(events, most));
        return IntStream.range(0, of).mapToObj(number -> new Share(number, of)).toList();
    }

    boolean has(String key) {
        if (of == 1) {
            return true;
        }
        var hash = ByteBuffer.wrap(MD5.get().digest(key.getBytes(UTF_8))).getInt();
        return Integer.toUnsignedLong(hash) % of == number;
    }

    /** Returns whether this share includes the data that belongs to no key. */
    boolean isFirst() {
        return number == 0;
    }

    /** Returns {@link #has} as a condition in SQL. */
    String has(String column, Class<?> type) {
        if (of == 1) {
            return "TRUE";
        }
        var text = type == String.class ? column : column + "::text";
        return "('x' || left(md5(" + text + "), 8))::bit(32)::bigint % " + of + " = " + number;
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
