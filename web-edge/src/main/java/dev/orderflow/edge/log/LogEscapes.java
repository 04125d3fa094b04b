package dev.orderflow.edge.log;

import java.util.function.IntPredicate;

/**
 * Escapes of characters that a terminal or a reader of logs would obey instead of show. Exceptions quote what clients,
 * brokers and databases send, so that no log statement can vouch for its text.
 */
public final class LogEscapes {

    private LogEscapes() {}

    /** Returns {@code text} on one line, without control characters. */
    static String line(String text) {
        return escape(text, LogEscapes::isObeyed);
    }

    /** Returns {@code text} with its line breaks, but without other control characters. */
    public static String paragraphs(String text) {
        return escape(text, character -> character != '\n' && isObeyed(character));
    }

    /** Returns {@code text} without what JSON does not escape: changes of direction, invisible and broken characters. */
    static String json(String text) {
        return escape(text, character -> !Character.isISOControl(character) && isObeyed(character));
    }

    /** Returns the text itself if it has nothing to escape, which nearly always is so. */
    private static String escape(String text, IntPredicate isEscaped) {
        if (text.codePoints().noneMatch(isEscaped)) {
            return text;
        }
        var escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            if (isEscaped.test(character)) {
                append(escaped, character);
            } else {
                escaped.appendCodePoint(character);
            }
        });
        return escaped.toString();
    }

    private static void append(StringBuilder escaped, int character) {
        switch (character) {
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\t' -> escaped.append("\\t");
            default ->
                escaped.append("\\u{").append(Integer.toHexString(character)).append('}');
        }
    }

    /** Returns true for control and format characters, separators of lines and paragraphs, and lone surrogates. */
    private static boolean isObeyed(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
