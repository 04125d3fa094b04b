package dev.orderflow.eventing.wire;

import org.jspecify.annotations.Nullable;

/**
 * Untrusted text as a value in a {@code key=value} log line.
 * <p>
 * Any client that may write to a topic chooses ids, types, keys and the text that exceptions quote from a record. In unescaped
 * text, a line break forges a line, a space forges a value, and an escape character controls the reader's terminal. Every such
 * value must pass through this class.
 */
public final class LogText {

    /** Maximum number of characters of a value that are logged. */
    static final int LONGEST = 500;

    private static final String MARKS = "._:-/@#$+";

    private LogText() {}

    /** Returns a token unchanged; any other text in quotes, with unprintable characters escaped, and truncated when it is long. */
    public static String of(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        var text = value.toString();
        return isToken(text) ? text : quoted(text);
    }

    private static boolean isToken(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (!(character >= 'a' && character <= 'z'
                    || character >= 'A' && character <= 'Z'
                    || character >= '0' && character <= '9'
                    || MARKS.indexOf(character) >= 0)) {
                return false;
            }
        }
        return true;
    }

    private static String quoted(String text) {
        var shown = new StringBuilder(Math.min(text.length(), LONGEST) + 16).append('"');
        var position = 0;
        while (position < text.length() && position < LONGEST) {
            var codePoint = text.codePointAt(position);
            append(shown, codePoint);
            position += Character.charCount(codePoint);
        }
        shown.append('"');
        if (position < text.length()) {
            shown.append("…(").append(text.length()).append(" characters)");
        }
        return shown.toString();
    }

    private static void append(StringBuilder shown, int codePoint) {
        switch (codePoint) {
            case '"' -> shown.append("\\\"");
            case '\\' -> shown.append("\\\\");
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            default -> {
                if (isPrintable(codePoint)) {
                    shown.appendCodePoint(codePoint);
                } else {
                    shown.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
                }
            }
        }
    }

    /**
     * Returns false for control and format characters, which include changes of the text's direction, for separators of lines and
     * paragraphs, lone surrogates, and private-use or unassigned code points.
     */
    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
