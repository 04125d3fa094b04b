package dev.orderflow.order.paging;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import java.util.Base64;

/**
 * A position in a list as clients see it: URL-safe and opaque, so that none builds one itself. Whoever decodes one still
 * has to check what is inside.
 */
public final class CursorToken {

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

    /** The refusal of a cursor that no page has returned. */
    public static Refusal invalid() {
        return Refusal.invalid(
                "invalid_cursor",
                "The cursor is not one that a page of this list has returned as nextCursor.",
                new Violation("cursor", "must be a nextCursor"));
    }
}
