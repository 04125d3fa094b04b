package dev.orderflow.demo.client.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a text of unknown charset, some of which can be pushed back to be read again.
 * <p>
 * UTF-16 is recognized by the beginning of the text. Otherwise each line is decoded as UTF-8 if it is valid, and as
 * windows-1252 if not: different bytes give different texts, whatever the file is. Replacement characters would make
 * two invoices the same.
 */
final class TextLines {

    /** Maximum length of a line in characters; the rest of a longer line is dropped. */
    static final int LONGEST = 1 << 20;

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private final Reader reader;
    private final boolean inBytes;
    private final Deque<Line> putBack = new ArrayDeque<>();
    private boolean afterReturn;
    private long number;
    private @Nullable String damage;

    /**
     * Line of text.
     *
     * @param isCut whether the line was longer than {@link #LONGEST}
     */
    record Line(String text, boolean isCut) {}

    /**
     * Detects the charset.
     *
     * @throws IOException when not even the beginning can be read
     */
    TextLines(InputStream in) throws IOException {
        var buffered = new BufferedInputStream(in, 1 << 16);
        var wide = wideCharset(buffered);
        this.inBytes = wide == null;
        this.reader = new BufferedReader(new InputStreamReader(buffered, wide == null ? ISO_8859_1 : wide), 1 << 16);
    }

    /** Returns the next line; null at the end, or where the file is damaged. */
    @Nullable
    Line next() {
        try {
            var line = putBack.isEmpty() ? read() : putBack.removeFirst();
            number += line == null ? 0 : 1;
            return line;
        } catch (IOException e) {
            damage = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return null;
        }
    }

    void putBack(Deque<Line> lines) {
        number -= lines.size();
        while (!lines.isEmpty()) {
            putBack.addFirst(lines.removeLast());
        }
    }

    /** Returns the number of the last returned line, from 1. */
    long number() {
        return number;
    }

    @Nullable
    String damage() {
        return damage;
    }

    private @Nullable Line read() throws IOException {
        var text = new StringBuilder();
        var cut = false;
        var next = reader.read();
        if (next == '\n' && afterReturn) {
            next = reader.read();
        }
        afterReturn = false;
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n' && next != '\r') {
            if (text.length() < LONGEST) {
                text.append((char) next);
            } else {
                cut = true;
            }
            next = reader.read();
        }
        afterReturn = next == '\r';
        return new Line(inBytes ? decoded(text.toString().getBytes(ISO_8859_1)) : text.toString(), cut);
    }

    private static String decoded(byte[] bytes) {
        for (var charset : new Charset[] {UTF_8, WINDOWS}) {
            try {
                return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            } catch (CharacterCodingException e) {
                // Otherwise the character belongs to the next line.
            }
        }
        return new String(bytes, ISO_8859_1);
    }

    /** Returns the charset of a text of two bytes per character; null for others. */
    private static @Nullable Charset wideCharset(InputStream in) throws IOException {
        in.mark(2);
        var first = in.read();
        var second = in.read();
        in.reset();
        if (first == 0xFE && second == 0xFF || first == 0xFF && second == 0xFE) {
            return UTF_16;
        }
        // The header's first character is a letter.
        return first == 0 && second > 0 ? UTF_16BE : first > 0 && second == 0 ? UTF_16LE : null;
    }
}
