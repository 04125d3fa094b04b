package dev.orderflow.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Result of benchmarks, for people and for programs. */
public record Report(List<Comparison> comparisons, List<Plot> plots) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String ROW = "%-34s %-9s %30s %30s %20s   %s%n";

    public Report {
        comparisons = List.copyOf(comparisons);
        plots = List.copyOf(plots);
    }

    public Report(List<Comparison> comparisons) {
        this(comparisons, List.of());
    }

    /** Combines reports in their order. */
    public static Report of(List<Report> reports) {
        return new Report(
                reports.stream()
                        .flatMap(report -> report.comparisons().stream())
                        .toList(),
                reports.stream().flatMap(report -> report.plots().stream()).toList());
    }

    /** Prints a line per comparison: medians over its rounds, in brackets the minimum and the maximum. */
    public void print(PrintWriter out) {
        out.printf(Locale.ROOT, ROW, "benchmark", "unit", "baseline", "ours", "ratio", "target");
        for (var comparison : comparisons) {
            out.printf(
                    Locale.ROOT,
                    ROW,
                    comparison.name(),
                    comparison.unit(),
                    Figures.spread(comparison.baseline().median(), comparison.baseline()),
                    Figures.spread(comparison.ours().median(), comparison.ours()),
                    Figures.spread(comparison.ratio(), comparison.ratios()),
                    target(comparison));
        }
        out.flush();
    }

    /** Returns a list of {@code {"name","baseline","ours","ratio","unit","rounds"}}, with medians. */
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

    private static String target(Comparison comparison) {
        var target = comparison.target();
        if (target == null) {
            return "";
        }
        return target.isMet(comparison) ? target.toString() : target + " MISSED";
    }
}
