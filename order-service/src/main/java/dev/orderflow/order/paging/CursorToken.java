package dev.orderflow.order.paging;

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

    /** @throws InvalidCursorException when {@code token} was not made by {@link #encode} */
    public static byte[] decode(String token) {
        if (token.length() > MAX_LENGTH) {
            throw new InvalidCursorException();
        }
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw new InvalidCursorException();
        }
    }
}
