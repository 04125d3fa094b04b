package dev.orderflow.demo.terminal;

import org.jspecify.annotations.Nullable;

/**
 * Foreign text (a key, a cell of a file, a service's message), made safe for one line of a terminal.
 * <p>
 * Terminals interpret what they receive: an escape sequence moves the cursor, rewrites earlier output or types
 * something, a line break forges a line of {@code ./demo}, and a bidirectional override changes the visible order of a
 * text.
 */
public final class ForeignText {

    private static final int LONGEST = 500;

    private ForeignText() {}

    /**
     * Returns {@code text} in one line, truncated after some hundred characters. Characters that a terminal would
     * interpret are shown as their codes.
     */
    public static String line(@Nullable Object text) {
        return escaped(cut(String.valueOf(text), LONGEST), true);
    }

    /**
     * Returns the first {@code longest} UTF-16 units, one less where that would split a character; an ellipsis replaces
     * the rest.
     */
    public static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        var end = longest - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /**
     * Replaces characters that a terminal would interpret.
     *
     * @param oneLine whether line breaks and tabs are shown as codes, too
     */
    static String escaped(CharSequence text, boolean oneLine) {
        if (text.codePoints().noneMatch(character -> isObeyed(character, oneLine))) {
            return text.toString();
        }
        var shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            if (isObeyed(character, oneLine)) {
                shown.append(code(character));
            } else {
                shown.appendCodePoint(character);
            }
        });
        return shown.toString();
    }

    private static boolean isObeyed(int character, boolean oneLine) {
        return switch (character) {
            case '\n', '\t' -> oneLine;
            default ->
                switch (Character.getType(character)) {
                    // Line and paragraph separators; C0 and C1; bidirectional controls and invisible ones; halves of a
                    // pair.
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE -> true;
                    default -> false;
                };
        };
    }

    private static String code(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> "\\u{" + Integer.toHexString(character) + "}";
        };
    }
}
