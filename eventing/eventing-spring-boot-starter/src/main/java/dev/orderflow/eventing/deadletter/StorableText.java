package dev.orderflow.eventing.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * Text from outside that the database must take whatever it is. PostgreSQL refuses NUL characters; a record that nobody can
 * store would stop its partition for ever.
 */
final class StorableText {

    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    static String of(String text) {
        return text.replace('\0', REPLACEMENT);
    }

    static @Nullable String ofNullable(@Nullable String text) {
        return text == null ? null : of(text);
    }

    /** Its beginning, without half a character at the end. */
    static String of(String text, int longest) {
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
