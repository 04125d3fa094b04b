package dev.orderflow.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The result of benchmarks, for people and for programs. */
public record Report(List<Comparison> comparisons) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String ROW = "%-22s %-10s %26s %26s %22s%n";

    public Report {
        comparisons = List.copyOf(comparisons);
    }

    /** A line per comparison: medians over its rounds, in brackets the least and the most. */
    public void print(PrintWriter out) {
        out.printf(ROW, "benchmark", "unit", "baseline", "ours", "ratio");
        for (var comparison : comparisons) {
            out.printf(
                    ROW,
                    comparison.name(),
                    comparison.unit(),
                    spread("%,.0f", comparison.baseline().median(), comparison.baseline()),
                    spread("%,.0f", comparison.ours().median(), comparison.ours()),
                    spread("%.2f", comparison.ratio(), comparison.ratios()));
        }
        out.flush();
    }

    /** A list of {@code {"name","baseline","ours","ratio","unit","rounds"}}, with medians. */
    public String json() {
        return JSON.writeValueAsString(comparisons.stream().map(Report::entry).toList());
    }

    /** Writes {@link #json()} to {@code file}. */
    public void write(Path file) {
        try {
            Files.writeString(file, json() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    private static Map<String, Object> entry(Comparison comparison) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("name", comparison.name());
        entry.put("baseline", comparison.baseline().median());
        entry.put("ours", comparison.ours().median());
        entry.put("ratio", comparison.ratio());
        entry.put("unit", comparison.unit());
        entry.put("rounds", comparison.rounds());
        return entry;
    }

    private static String spread(String format, double middle, Samples samples) {
        return (format + " [" + format + ".." + format + "]").formatted(middle, samples.least(), samples.most());
    }
}
