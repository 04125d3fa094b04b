package dev.orderflow.bench;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Report as one self-contained HTML file.
 *
 * @param command such as {@code ./bench relay}
 * @param arguments all of them, including the command's name
 */
record HtmlPage(String command, List<String> arguments) {

    private static final String LIBRARY = "/META-INF/resources/webjars/chart.js/%s/dist/chart.umd.js";
    private static final String LIBRARY_PROPERTIES = "/META-INF/maven/org.webjars.npm/chart.js/pom.properties";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Writes the page to {@code file} and creates its folder. */
    void write(Report report, Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, html(report));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    String html(Report report) {
        var values = new HashMap<String, Object>();
        values.put("command", command);
        values.put("line", "./bench " + String.join(" ", arguments));
        values.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        values.put("machine", Machine.description());
        values.put("rows", report.comparisons().stream().map(HtmlPage::row).toList());
        values.put("plots", report.plots());
        values.put("library", text(String.format(Locale.ROOT, LIBRARY, libraryVersion())));
        // A title that contains a tag must not end the script.
        values.put("data", JSON.writeValueAsString(report.plots()).replace("<", "\\u003c"));
        return Mustache.compiler().compile(text("/report.html.mustache")).execute(values);
    }

    private static Map<String, Object> row(Comparison comparison) {
        var row = new HashMap<String, Object>();
        row.put("name", comparison.name());
        row.put("unit", comparison.unit());
        row.put("baseline", Figures.spread(comparison.baseline().median(), comparison.baseline()));
        row.put("ours", Figures.spread(comparison.ours().median(), comparison.ours()));
        row.put("ratio", Figures.spread(comparison.ratio(), comparison.ratios()));
        row.put("rounds", comparison.rounds());
        row.put("target", targetText(comparison.target()));
        row.put("missed", isMissed(comparison));
        return row;
    }

    private static String targetText(@Nullable Target target) {
        return target == null ? "" : target.toString();
    }

    private static boolean isMissed(Comparison comparison) {
        return comparison.target() != null && !comparison.target().isMet(comparison);
    }

    private static String libraryVersion() {
        var properties = new Properties();
        try (var resource = resource(LIBRARY_PROPERTIES)) {
            properties.load(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static String text(String path) {
        try (var resource = resource(path)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String path) {
        return Objects.requireNonNull(HtmlPage.class.getResourceAsStream(path), path);
    }
}
