package dev.orderflow.eventing.schema;

import org.jspecify.annotations.Nullable;

/**
 * Makes any external text storable. PostgreSQL rejects NUL characters, and a record that cannot be stored would block its
 * partition forever.
 */
public final class StorableText {

    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    public static String of(String text) {
        return text.replace('\0', REPLACEMENT);
    }

    public static @Nullable String ofNullable(@Nullable String text) {
        return text == null ? null : of(text);
    }

    /** Returns the beginning of a text, without splitting a surrogate pair at its end. */
    public static String of(String text, int longest) {
        return of(beginning(text, longest));
    }

    private static String beginning(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end);
    }
}
