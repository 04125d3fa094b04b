package dev.orderflow.demo.client.admin;

import dev.orderflow.demo.terminal.ForeignText;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Text table whose columns are as wide as their content. */
public final class Table {

    private static final int LONGEST_TEXT = 120;

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... header) {
        rows.add(List.of(header));
    }

    /** Adds a row of as many cells as the header has; an unknown value is null. */
    public void row(@Nullable Object... cells) {
        rows.add(Stream.of(cells).map(Table::text).toList());
    }

    public boolean isEmpty() {
        return rows.size() == 1;
    }

    public void print(PrintWriter out) {
        var widths = new int[rows.getFirst().size()];
        for (var row : rows) {
            for (var column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (var row : rows) {
            var line = new StringBuilder();
            for (var column = 0; column < widths.length; column++) {
                line.append(row.get(column))
                        .repeat(' ', widths[column] + 2 - row.get(column).length());
            }
            out.println(line.toString().stripTrailing());
        }
    }

    /** Renders a cell; times are shown to the second, which is precise enough for people. */
    static String text(@Nullable Object cell) {
        var text = switch (cell) {
            case null -> "-";
            case Instant time -> time.truncatedTo(ChronoUnit.SECONDS).toString();
            default -> ForeignText.line(cell.toString().replaceAll("\\s+", " "));
        };
        return ForeignText.cut(text, LONGEST_TEXT);
    }
}
