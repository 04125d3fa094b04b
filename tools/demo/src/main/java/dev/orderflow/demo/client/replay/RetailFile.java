package dev.orderflow.demo.client.replay;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.zip.GZIPInputStream;

/**
 * Reads a UCI <em>Online Retail</em> CSV, plain or compressed by gzip.
 * <p>
 * A record is usually one line. If a line alone is incomplete, because a quoted text contains a line break, the
 * following lines are added, but none that is a row of its own. A missing closing quote thus costs its own line,
 * instead of the rest of the file as in a parser that reads the file as one text.
 */
final class RetailFile {

    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int LONGEST_RECORD = 10;

    private final Path file;

    RetailFile(Path file) {
        this.file = file;
    }

    /**
     * Reads the file.
     *
     * @throws UnusableFileException when it has no readable content
     * @throws IOException when it cannot be opened
     */
    RetailOrders read() throws IOException, UnusableFileException {
        try (var in = open()) {
            return read(new TextLines(in));
        }
    }

    private InputStream open() throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.mark(2);
        var magic = in.read() << 8 | in.read();
        in.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private static RetailOrders read(TextLines lines) throws UnusableFileException {
        var columns = header(lines);
        var orders = new RetailOrders.Builder();
        for (var line = lines.next(); line != null; line = lines.next()) {
            if (!line.text().isBlank()) {
                var number = lines.number();
                try {
                    orders.add(row(line, lines, columns), number);
                } catch (MalformedRowException e) {
                    orders.malformed(number, String.valueOf(e.getMessage()));
                }
            }
        }
        if (lines.damage() != null) {
            orders.damaged(lines.number() + 1, lines.damage());
        }
        return orders.build();
    }

    private static RetailColumns header(TextLines lines) throws UnusableFileException {
        var line = lines.next();
        if (line == null) {
            throw new UnusableFileException(
                    lines.damage() == null ? "the file is empty" : "the file cannot be read: " + lines.damage());
        }
        var text = line.text();
        var withoutByteOrderMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return new RetailColumns(CsvLine.parse(withoutByteOrderMark)
                .orElseThrow(() -> new UnusableFileException("the first line is not CSV")));
    }

    private static RetailRow row(TextLines.Line line, TextLines lines, RetailColumns columns)
            throws MalformedRowException {
        if (line.isCut()) {
            throw new MalformedRowException("a line of more than " + TextLines.LONGEST + " characters");
        }
        var record = CsvLine.parse(line.text());
        return record.isPresent() ? columns.read(record.get()) : rowOfSeveralLines(line.text(), lines, columns);
    }

    private static RetailRow rowOfSeveralLines(String first, TextLines lines, RetailColumns columns)
            throws MalformedRowException {
        var text = new StringBuilder(first);
        var taken = new ArrayDeque<TextLines.Line>();
        while (first.indexOf('"') >= 0 && taken.size() < LONGEST_RECORD) {
            var next = lines.next();
            if (next == null) {
                break;
            }
            taken.addLast(next);
            if (next.isCut() || text.length() > TextLines.LONGEST || columns.isRow(next.text())) {
                break;
            }
            var record = CsvLine.parse(text.append('\n').append(next.text()).toString());
            if (record.isPresent() && columns.fit(record.get())) {
                return columns.read(record.get());
            }
        }
        lines.putBack(taken);
        throw new MalformedRowException("not CSV, such as an unclosed quote");
    }
}
