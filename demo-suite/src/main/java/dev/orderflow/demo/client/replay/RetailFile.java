package dev.orderflow.demo.client.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads a UCI <em>Online Retail</em> CSV, plain or compressed by gzip.
 * <p>
 * A record is a line; only where a line alone isn't one, because a quoted text contains a line break, the following lines
 * are taken to it. A quote that nobody closes thus costs its own line and not the rest of the file, which is what it would
 * cost a parser that reads the file as one text.
 */
final class RetailFile {

    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int LONGEST_RECORD = 10;

    private final Path file;

    RetailFile(Path file) {
        this.file = file;
    }

    /**
     * @throws UnusableFileException when there is nothing to read in it
     * @throws IOException           when it cannot be opened
     */
    RetailOrders read() throws IOException, UnusableFileException {
        try (var in = open()) {
            return read(new Lines(new BufferedReader(new InputStreamReader(in, UTF_8), 1 << 16)));
        }
    }

    private InputStream open() throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.mark(2);
        var magic = in.read() << 8 | in.read();
        in.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private static RetailOrders read(Lines lines) throws UnusableFileException {
        var columns = new RetailColumns(header(lines));
        var orders = new RetailOrders.Builder();
        for (var line = lines.next(); line != null; line = lines.next()) {
            if (!line.isBlank()) {
                var number = lines.number();
                var record = record(line, lines);
                try {
                    if (record == null) {
                        throw new MalformedRowException("not CSV, such as a quote that is not closed");
                    }
                    orders.add(columns.read(record), number);
                } catch (MalformedRowException e) {
                    orders.malformed(number, String.valueOf(e.getMessage()));
                }
            }
        }
        if (lines.damage() != null) {
            orders.malformed(lines.number() + 1, "the file is damaged from here on: " + lines.damage());
        }
        return orders.build();
    }

    private static CSVRecord header(Lines lines) throws UnusableFileException {
        var line = lines.next();
        if (line == null) {
            throw new UnusableFileException(
                    lines.damage() == null ? "the file is empty" : "the file cannot be read: " + lines.damage());
        }
        var withoutByteOrderMark = line.startsWith("\uFEFF") ? line.substring(1) : line;
        return CsvLine.parse(withoutByteOrderMark)
                .orElseThrow(() -> new UnusableFileException("the first line is not CSV"));
    }

    private static @Nullable CSVRecord record(String line, Lines lines) {
        var text = new StringBuilder(line);
        var taken = new ArrayDeque<String>();
        while (true) {
            var record = CsvLine.parse(text.toString());
            if (record.isPresent()) {
                return record.get();
            }
            var next = line.indexOf('"') < 0 || taken.size() == LONGEST_RECORD ? null : lines.next();
            if (next == null) {
                lines.putBack(taken);
                return null;
            }
            taken.addLast(next);
            text.append('\n').append(next);
        }
    }

    /** The lines of a text, some of which can be put back to be read again. */
    private static final class Lines {

        private final BufferedReader reader;
        private final Deque<String> putBack = new ArrayDeque<>();
        private long number;
        private @Nullable String damage;

        private Lines(BufferedReader reader) {
            this.reader = reader;
        }

        /** Null at the end, or where the file is damaged. */
        private @Nullable String next() {
            try {
                var line = putBack.isEmpty() ? reader.readLine() : putBack.removeFirst();
                number += line == null ? 0 : 1;
                return line;
            } catch (IOException e) {
                damage = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                return null;
            }
        }

        private void putBack(Deque<String> lines) {
            number -= lines.size();
            while (!lines.isEmpty()) {
                putBack.addFirst(lines.removeLast());
            }
        }

        /** Of the last line that was returned, from 1. */
        private long number() {
            return number;
        }

        private @Nullable String damage() {
            return damage;
        }
    }
}
