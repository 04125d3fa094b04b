package dev.orderflow.eventing.signatures;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What a signature is about: the topic, the record's key, all attributes and the data, each preceded by its length, so that nothing
 * can be moved between them. Trace context is not part of it, since each that passes an event on continues the trace.
 */
final class SignedContent {

    static final String SIGNATURE = "ce_signature";
    static final String PROOF = "ce_signatureproof";

    private static final byte LEAF = 0;
    private static final byte[] FORM = "orderflow event signature 1".getBytes(US_ASCII);
    private static final Header[] NONE = {};

    private SignedContent() {}

    /** Returns whether the signature covers a header. */
    static boolean isSigned(String name) {
        return name.startsWith("ce_") ? !isSignature(name) : name.equals("content-type");
    }

    static boolean isSignature(String name) {
        return name.equals(SIGNATURE) || name.equals(PROOF);
    }

    /** Returns the headers that are signed, by name. Several of one name stay in their order. */
    static Header[] signed(Iterable<Header> headers) {
        var signed = new Header[24];
        var count = 0;
        for (var header : headers) {
            if (isSigned(header.key())) {
                if (count == signed.length) {
                    signed = Arrays.copyOf(signed, 2 * count);
                }
                // Signers sort the headers that they send, so there is rarely anything to move.
                var place = count++;
                while (place > 0 && signed[place - 1].key().compareTo(header.key()) > 0) {
                    signed[place] = signed[place - 1];
                    place--;
                }
                signed[place] = header;
            }
        }
        return count == 0 ? NONE : Arrays.copyOf(signed, count);
    }

    /** Returns the hash of an event: a leaf of a {@link HashTree}. */
    static byte[] hash(
            MessageDigest digest, String topic, byte @Nullable [] key, Header[] headers, byte @Nullable [] data) {
        var topicBytes = topic.getBytes(UTF_8);
        var names = new byte[headers.length][];
        var values = new byte[headers.length][];
        var size = 1 + sizeOf(FORM) + sizeOf(topicBytes) + sizeOf(key) + 4 + 4;
        for (var index = 0; index < headers.length; index++) {
            names[index] = headers[index].key().getBytes(UTF_8);
            values[index] = headers[index].value();
            size += sizeOf(names[index]) + sizeOf(values[index]);
        }
        var content = ByteBuffer.allocate(size);
        content.put(LEAF);
        put(content, FORM);
        put(content, topicBytes);
        put(content, key);
        content.putInt(headers.length);
        for (var index = 0; index < headers.length; index++) {
            put(content, names[index]);
            put(content, values[index]);
        }
        content.putInt(data == null ? -1 : data.length);
        digest.update(content.array());
        return data == null ? digest.digest() : digest.digest(data);
    }

    private static int sizeOf(byte @Nullable [] bytes) {
        return 4 + (bytes == null ? 0 : bytes.length);
    }

    private static void put(ByteBuffer content, byte @Nullable [] bytes) {
        if (bytes == null) {
            content.putInt(-1);
        } else {
            content.putInt(bytes.length).put(bytes);
        }
    }
}
