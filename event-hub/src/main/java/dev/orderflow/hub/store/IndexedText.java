package dev.orderflow.hub.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.schema.StorableText;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Texts of events in the form in which they are stored and looked up. PostgreSQL refuses index entries of more than 2,704 bytes, which a
 * valid attribute of 1,000 characters can exceed: the end of a longer one is replaced by its hash.
 */
public final class IndexedText {

    private static final int LONGEST = 400;
    private static final int KEPT = 360;
    private static final int HASH_BYTES = 16;

    private IndexedText() {}

    /** Returns the stored form; a short text is its own. */
    public static String of(String text) {
        if (text.length() <= LONGEST) {
            return StorableText.of(text);
        }
        return StorableText.of(text, KEPT) + "~" + HexFormat.of().formatHex(sha256(text), 0, HASH_BYTES);
    }

    /** Returns the first eight bytes of the hash of a text. */
    static long keyOf(String text) {
        return ByteBuffer.wrap(sha256(text)).getLong();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
