package dev.orderflow.eventing.signatures;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.signatures.Refusal.Reason;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Content that a signature covers: the topic, the record's key, all attributes and the data, each preceded by its length, so that nothing
 * can be moved between them. Trace context is not part of it, since each that passes an event on continues the trace. Not
 * thread-safe.
 */
final class SignedContent {

    static final String SIGNATURE = "ce_signature";
    static final String PROOF = "ce_signatureproof";

    private static final byte LEAF = 0;
    private static final byte[] FORM = "orderflow event signature 1".getBytes(US_ASCII);

    private static final int INITIAL = 4_096;
    private static final int LARGEST_KEPT = 65_536;

    private final MessageDigest digest;
    private final int most;
    private byte[] buffer = new byte[INITIAL];
    private int length;

    /** @param most signed headers of an event */
    SignedContent(MessageDigest digest, int most) {
        this.digest = digest;
        this.most = most;
    }

    /** Returns whether the signature covers a header. */
    static boolean isSigned(String name) {
        return name.startsWith("ce_") ? !isSignature(name) : name.equals("content-type");
    }

    static boolean isSignature(String name) {
        return name.equals(SIGNATURE) || name.equals(PROOF);
    }

    /**
     * Returns the headers that are signed, by name. Several of one name stay in their order.
     *
     * @throws Refusal if there are more than {@code most}
     */
    static List<Header> signed(Iterable<Header> headers, int most) {
        var signed = new ArrayList<Header>(24);
        for (var header : headers) {
            if (isSigned(header.key())) {
                requireAtMost(most, signed.size() + 1);
                signed.add(header);
            }
        }
        signed.sort(Comparator.comparing(Header::key));
        return signed;
    }

    /**
     * Returns the hash of an event: a leaf of a {@link HashTree}.
     *
     * @param headers all of the record's
     * @throws Refusal if too many of them are signed
     */
    byte[] hash(String topic, byte @Nullable [] key, Iterable<Header> headers, byte @Nullable [] data) {
        length = 0;
        ensure(1);
        buffer[length++] = LEAF;
        put(FORM);
        put(topic);
        put(key);
        put(headers);
        putInt(data == null ? -1 : data.length);
        digest.update(buffer, 0, length);
        if (buffer.length > LARGEST_KEPT) {
            buffer = new byte[INITIAL];
        }
        return data == null ? digest.digest() : digest.digest(data);
    }

    /** Takes one pass over headers that are sorted, as signers send them. */
    private void put(Iterable<Header> headers) {
        var start = length;
        var count = 0;
        var last = "";
        putInt(count);
        for (var header : headers) {
            var name = header.key();
            if (isSigned(name)) {
                requireAtMost(most, ++count);
                if (last.compareTo(name) > 0) {
                    length = start;
                    put(signed(headers, most));
                    return;
                }
                put(name);
                put(header.value());
                last = name;
            }
        }
        var end = length;
        length = start;
        putInt(count);
        length = end;
    }

    private static void requireAtMost(int most, int count) {
        if (count > most) {
            throw new Refusal(Reason.MALFORMED, "the event has more than " + most + " attributes");
        }
    }

    private void put(byte @Nullable [] bytes) {
        if (bytes == null) {
            putInt(-1);
            return;
        }
        putInt(bytes.length);
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    /** Encodes without an array in between: names are nearly always ASCII. */
    private void put(String text) {
        var characters = text.length();
        ensure(4 + characters);
        var place = length + 4;
        for (var index = 0; index < characters; index++) {
            var character = text.charAt(index);
            if (character >= 0x80) {
                put(text.getBytes(UTF_8));
                return;
            }
            buffer[place++] = (byte) character;
        }
        putInt(characters);
        length = place;
    }

    private void putInt(int number) {
        ensure(4);
        buffer[length++] = (byte) (number >> 24);
        buffer[length++] = (byte) (number >> 16);
        buffer[length++] = (byte) (number >> 8);
        buffer[length++] = (byte) number;
    }

    private void ensure(int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + more));
        }
    }
}
