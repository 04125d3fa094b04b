package dev.orderflow.eventing.signatures;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.signatures.Refusal.Reason;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
    private static final Header[] NONE = {};
    private static final Comparator<Header> BY_NAME = Comparator.comparing(Header::key);

    private static final int INITIAL = 4_096;
    private static final int LARGEST_KEPT = 65_536;

    private final MessageDigest digest;
    private byte[] buffer = new byte[INITIAL];
    private int length;

    SignedContent(MessageDigest digest) {
        this.digest = digest;
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
    static Header[] signed(Iterable<Header> headers, int most) {
        var signed = new ArrayList<Header>(24);
        for (var header : headers) {
            if (isSigned(header.key())) {
                if (signed.size() == most) {
                    throw new Refusal(Reason.MALFORMED, "the event has more than " + most + " attributes");
                }
                signed.add(header);
            }
        }
        // Stable, and one pass over headers that are sorted, as signers send them.
        signed.sort(BY_NAME);
        return signed.toArray(NONE);
    }

    /** Returns the hash of an event: a leaf of a {@link HashTree}. */
    byte[] hash(String topic, byte @Nullable [] key, Header[] headers, byte @Nullable [] data) {
        length = 0;
        ensure(1);
        buffer[length++] = LEAF;
        put(FORM);
        put(topic);
        put(key);
        putInt(headers.length);
        for (var header : headers) {
            put(header.key());
            put(header.value());
        }
        putInt(data == null ? -1 : data.length);
        digest.update(buffer, 0, length);
        if (buffer.length > LARGEST_KEPT) {
            buffer = new byte[INITIAL];
        }
        return data == null ? digest.digest() : digest.digest(data);
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
