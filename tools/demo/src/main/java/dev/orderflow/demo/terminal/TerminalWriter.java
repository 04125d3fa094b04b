package dev.orderflow.demo.terminal;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Removes everything that a terminal would interpret, except for line breaks and tabs, from all output of a command,
 * whatever its origin. Text that must stay in one line goes through {@link ForeignText#line} before.
 */
public final class TerminalWriter extends FilterWriter {

    private char half;

    private TerminalWriter(Writer out) {
        super(out);
    }

    /** Returns a writer to {@code out} that flushes after each line. */
    public static PrintWriter around(PrintWriter out) {
        return new PrintWriter(new TerminalWriter(out), true);
    }

    @Override
    public void write(int character) throws IOException {
        write(String.valueOf((char) character), 0, 1);
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        write(new String(text, from, length), 0, length);
    }

    /** Writes the text; the first half of a surrogate pair is held back until the second. */
    @Override
    public void write(String text, int from, int length) throws IOException {
        var all = (half == 0 ? "" : String.valueOf(half)) + text.substring(from, from + length);
        half = 0;
        if (!all.isEmpty() && Character.isHighSurrogate(all.charAt(all.length() - 1))) {
            half = all.charAt(all.length() - 1);
            all = all.substring(0, all.length() - 1);
        }
        out.write(ForeignText.escaped(all, false));
    }
}
