package dev.orderflow.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks that each alert uses a metric that some class registers and links to an existing section of the runbook. */
class AlertCheck implements Check {

    private static final Pattern METER = Pattern.compile("\"((?:eventing|orders|edge|shipping)\\.[a-z.]+)\"");
    private static final Pattern METRIC = Pattern.compile("\\b(?:eventing|orders|edge|shipping)_[a-z_]+");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    private final Repository repository;

    AlertCheck(Repository repository) {
        this.repository = repository;
    }

    @Override
    public List<String> problems(Resources resources) {
        var problems = new ArrayList<String>();
        for (var rules : resources.ofKind("PrometheusRule")) {
            var meters = meters();
            for (var group : rules.spec().at("groups").items()) {
                for (var rule : group.at("rules").items()) {
                    var alert = rule.at("alert").text();
                    METRIC.matcher(rule.at("expr").text())
                            .results()
                            .map(MatchResult::group)
                            .filter(metric -> meters.stream().noneMatch(meter -> isOf(metric, meter)))
                            .forEach(metric -> problems.add(
                                    rules + ": " + alert + " uses " + metric + ", which no class registers"));
                    var runbook = rule.at("annotations", "runbook").text();
                    if (!leadsSomewhere(runbook)) {
                        problems.add(rules + ": " + alert + " links to " + runbook + ", which does not exist");
                    }
                }
            }
        }
        return problems;
    }

    /** Metric names as Prometheus shows them, without the unit suffix; a name that ends in _ is a prefix only. */
    private Set<String> meters() {
        return repository.sources().stream()
                .flatMap(file -> METER.matcher(read(file)).results())
                .map(match -> match.group(1).replace('.', '_'))
                .collect(Collectors.toSet());
    }

    private static boolean isOf(String metric, String meter) {
        return meter.endsWith("_") ? metric.startsWith(meter) : metric.matches(meter + "(_total|_seconds)?");
    }

    private boolean leadsSomewhere(String runbook) {
        var parts = runbook.split("#");
        return parts.length == 2
                && Files.exists(repository.root().resolve(parts[0]))
                && HEADING.matcher(repository.read(parts[0]))
                        .results()
                        .map(match -> match.group(1)
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^a-z0-9 -]", "")
                                .replace(' ', '-'))
                        .anyMatch(parts[1]::equals);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
