package dev.orderflow.hub.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the text format of {@code COPY}: columns end with tabs and rows with line feeds, and a backslash escapes these.
 *
 * @see <a href="https://www.postgresql.org/docs/18/sql-copy.html#SQL-COPY-FILE-FORMATS">COPY, file formats</a>
 */
final class CopyText {

    private static final String NULL = "\\N";

    private final StringBuilder row = new StringBuilder(1024);

    /** Adds a column. Text must not contain NUL. */
    CopyText add(@Nullable Object value) {
        separate();
        if (value == null) {
            row.append(NULL);
        } else {
            escape(value.toString());
        }
        return this;
    }

    CopyText addBytes(byte @Nullable [] value) {
        separate();
        row.append(value == null ? NULL : "\\\\x" + HexFormat.of().formatHex(value));
        return this;
    }

    /** Ends the row and returns it. */
    byte[] end() {
        var bytes = row.append('\n').toString().getBytes(UTF_8);
        row.setLength(0);
        return bytes;
    }

    private void separate() {
        if (!row.isEmpty()) {
            row.append('\t');
        }
    }

    private void escape(String text) {
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            switch (character) {
                case '\\' -> row.append("\\\\");
                case '\t' -> row.append("\\t");
                case '\n' -> row.append("\\n");
                case '\r' -> row.append("\\r");
                default -> row.append(character);
            }
        }
    }
}
