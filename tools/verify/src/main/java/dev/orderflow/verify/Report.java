package dev.orderflow.verify;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import dev.orderflow.verify.evidence.Service;
import dev.orderflow.verify.rules.Finding;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Result of a verification.
 *
 * @param results one per rule
 * @param stopped services that are not running
 * @param took duration, including the wait for the suite to come to rest
 */
public record Report(List<RuleResult> results, Set<Service> stopped, Duration took) {

    private static final String ROW = "%-46s %10s %9s %10s  %s%n";

    /** {@return whether there is no violation; something may be in flight} */
    public boolean isKept() {
        return firstOffender().isEmpty();
    }

    /** {@return the first violation of the first rule that has one} */
    public Optional<Finding> firstOffender() {
        return results.stream().flatMap(result -> result.violations().stream()).findFirst();
    }

    /**
     * Prints a table of the rules, the first violation of each, and the conclusion.
     *
     * @param shown renders foreign text, such as a key, in one line
     */
    public void print(PrintWriter out, UnaryOperator<String> shown) {
        out.printf(Locale.ROOT, ROW, "rule", "checked", "in flight", "violations", "verdict");
        for (var result : results) {
            out.printf(
                    Locale.ROOT,
                    ROW,
                    result.promise(),
                    number(result.checked()),
                    number(result.inFlightCount()),
                    number(result.violationCount()),
                    result.verdict().name().replace('_', ' ')
                            + (result.note().isEmpty() ? "" : "  (" + result.note() + ")"));
        }
        for (var result : results) {
            result.violations().stream()
                    .findFirst()
                    .ifPresent(first -> out.printf(
                            Locale.ROOT,
                            "%nviolated: %s%n  %s: %s%n",
                            result.promise(),
                            shown.apply(first.subject()),
                            shown.apply(first.message())));
        }
        out.println();
        printInFlight(out, shown);
        out.println(conclusion(shown));
        out.flush();
    }

    /** Prints the findings in flight, except those that wait for a dead letter of their order. */
    private void printInFlight(PrintWriter out, UnaryOperator<String> shown) {
        var violated = results.stream()
                .flatMap(result -> result.violations().stream())
                .map(Finding::subject)
                .collect(toSet());
        var waiting = results.stream()
                .flatMap(result -> result.inFlight().stream())
                .filter(finding -> !violated.contains(finding.subject()))
                .toList();
        if (!waiting.isEmpty()) {
            var orders = waiting.stream().map(Finding::subject).distinct().count();
            out.printf(
                    Locale.ROOT,
                    "%,d orders are in flight, such as %s%s%n",
                    orders,
                    shown.apply(waiting.getFirst().subject()),
                    idle(waiting));
        }
    }

    private String idle(List<Finding> waiting) {
        return waiting.stream()
                .map(Finding::waitsFor)
                .filter(Objects::nonNull)
                .filter(stopped::contains)
                .map(Service::shortName)
                .collect(collectingAndThen(
                        Collectors.toCollection(TreeSet::new),
                        names -> names.isEmpty()
                                ? ""
                                : names.stream().collect(joining(", ", "; they wait for ", " (./demo start NAME)"))));
    }

    private String conclusion(UnaryOperator<String> shown) {
        var seconds = took.toMillis() / 1000.0;
        return firstOffender()
                .map(first -> String.format(
                        Locale.ROOT,
                        "The promise is broken; first offender: %s (%.1f s)",
                        shown.apply(first.subject()),
                        seconds))
                .orElseGet(() -> String.format(Locale.ROOT, "The promise is kept (%.1f s)", seconds));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
