package dev.orderflow.eventing.schemas.check;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Position in the bytes of a JSON document. Reads the usual forms and answers false, or {@link #NONE}, for all others. It does not
 * prove that a document is JSON, which the reader of the event's record does.
 */
final class JsonCursor {

    /** Answer of a method that did not find what it was asked for. */
    static final int NONE = -1;

    private final byte[] bytes;
    private int at;

    JsonCursor(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Skips white space, and the given character if it follows. */
    boolean take(char wanted) {
        skipSpace();
        if (at < bytes.length && bytes[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    /** Skips white space, and the given word if it follows. */
    boolean take(byte[] word) {
        skipSpace();
        if (!startsWith(word, at)) {
            return false;
        }
        at += word.length;
        return true;
    }

    boolean isAtEnd() {
        skipSpace();
        return at == bytes.length;
    }

    /** Returns the index of the next byte. */
    int position() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    byte[] bytes() {
        return bytes;
    }

    /**
     * Reads a name of a property. Tries {@code expected} first, because properties usually come in the order of their schema.
     *
     * @return the index of the name; the number of names if it is another one; {@link #NONE} if it has an escape
     */
    int name(byte[][] names, int expected) {
        if (!take('"')) {
            return NONE;
        }
        if (expected < names.length && isName(names[expected])) {
            at += names[expected].length + 1;
            return expected;
        }
        for (var index = 0; index < names.length; index++) {
            if (isName(names[index])) {
                at += names[index].length + 1;
                return index;
            }
        }
        var end = at;
        while (end < bytes.length && bytes[end] != '"') {
            if (bytes[end] == '\\') {
                return NONE;
            }
            end++;
        }
        at = Math.min(end + 1, bytes.length);
        return names.length;
    }

    private boolean isName(byte[] name) {
        var end = at + name.length;
        return end < bytes.length && bytes[end] == '"' && startsWith(name, at);
    }

    private boolean startsWith(byte[] word, int from) {
        if (from + word.length > bytes.length) {
            return false;
        }
        for (var index = 0; index < word.length; index++) {
            if (bytes[from + index] != word[index]) {
                return false;
            }
        }
        return true;
    }

    /** Reads an integer of at most 18 digits into {@code value[0]}. */
    boolean integer(long[] value) {
        skipSpace();
        var negative = at < bytes.length && bytes[at] == '-';
        var begin = negative ? at + 1 : at;
        var end = begin;
        var number = 0L;
        while (end < bytes.length && end - begin < 18 && bytes[end] >= '0' && bytes[end] <= '9') {
            number = number * 10 + bytes[end++] - '0';
        }
        if (end == begin || end == bytes.length || !isDelimiter(bytes[end])) {
            return false;
        }
        at = end;
        value[0] = negative ? -number : number;
        return true;
    }

    private static boolean isDelimiter(byte next) {
        return next == ',' || next == '}' || next == ']' || next <= ' ';
    }

    /** Skips a value of any kind. Strings are skipped as a whole, so that brackets in them do not count. */
    boolean skipValue() {
        skipSpace();
        var depth = 0;
        while (at < bytes.length) {
            switch (bytes[at]) {
                case '"' -> {
                    if (!skipText()) {
                        return false;
                    }
                }
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    if (depth == 0) {
                        return true;
                    }
                    depth--;
                    at++;
                }
                case ',' -> {
                    if (depth == 0) {
                        return true;
                    }
                    at++;
                }
                default -> at++;
            }
        }
        return depth == 0;
    }

    private boolean skipText() {
        at++;
        while (at < bytes.length) {
            if (bytes[at] == '"') {
                at++;
                return true;
            }
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return false;
    }

    private void skipSpace() {
        while (at < bytes.length && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    static byte[] bytesOf(String text) {
        return text.getBytes(UTF_8);
    }
}
