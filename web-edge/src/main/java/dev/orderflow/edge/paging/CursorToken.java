package dev.orderflow.edge.paging;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import java.util.Base64;

/**
 * A position in a list in the form that clients see: URL-safe and opaque, because clients must not construct cursors.
 * The caller must validate the decoded content.
 */
public final class CursorToken {

    /** Bound before decoding, larger than any position of a list. */
    private static final int MAX_LENGTH = 400;

    private CursorToken() {}

    public static String encode(byte[] position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position);
    }

    /** @throws Refusal when {@code token} was not made by {@link #encode} */
    public static byte[] decode(String token) {
        if (token.length() > MAX_LENGTH) {
            throw invalid();
        }
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    /** Creates the refusal of a cursor that no page returned. */
    public static Refusal invalid() {
        return Refusal.invalid(
                "invalid_cursor",
                "The cursor is not one that a page of this list has returned as nextCursor.",
                new Violation("cursor", "must be a nextCursor"));
    }
}
