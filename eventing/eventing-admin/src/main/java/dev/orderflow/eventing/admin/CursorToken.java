package dev.orderflow.eventing.admin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A position in a list as clients see it. It is opaque, so that clients do not construct one. */
public final class CursorToken {

    private static final int LONGEST = 200;

    private CursorToken() {}

    public static String of(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the position in {@code token}; null for the beginning of the list if there is no token.
     *
     * @param position parses the text that {@link #of} encoded; any exception means that the token is invalid
     */
    public static <T> @Nullable T read(@Nullable String token, Function<String, T> position) {
        if (token == null || token.isEmpty()) {
            return null;
        }
        try {
            if (token.length() <= LONGEST) {
                return position.apply(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
            }
        } catch (RuntimeException e) {
            throw invalid();
        }
        throw invalid();
    }

    private static RefusedRequest.Invalid invalid() {
        return new RefusedRequest.Invalid("invalid_cursor", "cursor", "must be a nextCursor of this list");
    }
}
