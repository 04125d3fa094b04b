package dev.orderflow.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Assertions on the result of a verification. */
final class Looks {

    private Looks() {}

    static void assertOnlyViolation(World world, String promise, Object offender, String message) {
        assertOnlyViolation(world, Duration.ofSeconds(3), promise, offender, message);
    }

    static void assertOnlyViolation(World world, Duration timeout, String promise, Object offender, String message) {
        var report = world.verify(timeout);
        assertThat(report.results())
                .filteredOn(result -> result.verdict() == Verdict.VIOLATED)
                .extracting(RuleResult::promise)
                .as(printed(report))
                .containsExactly(promise);
        assertThat(report.isKept()).isFalse();
        assertThat(report.firstOffender().orElseThrow().subject()).isEqualTo(offender.toString());
        assertThat(printed(report))
                .contains("violated: " + promise)
                .contains(offender + ": ")
                .contains(message)
                .contains("The promise is broken; first offender: " + offender);
    }

    static RuleResult result(Report report, String promise) {
        return report.results().stream()
                .filter(result -> result.promise().equals(promise))
                .findFirst()
                .orElseThrow();
    }

    static String printed(Report report) {
        var text = new StringWriter();
        report.print(new PrintWriter(text), UnaryOperator.identity());
        return text.toString();
    }
}
