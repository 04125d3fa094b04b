package dev.orderflow.bench.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.bench.Better;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Samples;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTests {

    private final Baseline baseline = new Baseline(
            List.of(new Expected("speed", 0.8, Better.MORE, 0.25), new Expected("time", 2.0, Better.LESS, 0.5)));

    @Test
    void aRatioWithinItsToleranceIsNoRegression() {
        assertThat(baseline.regressions(List.of(speed(0.61), time(2.99)))).isEmpty();
        assertThat(baseline.regressions(List.of(speed(5), time(0.1)))).isEmpty();
    }

    @Test
    void eachRatioBeyondItsToleranceIsASentence() {
        assertThat(baseline.regressions(List.of(speed(0.59), time(3.01))))
                .containsExactly(
                        "speed has a ratio of 0.59; it was 0.80, and must be at least 0.60.",
                        "time has a ratio of 3.01; it was 2.00, and must be at most 3.00.");
    }

    @Test
    void aMissingMeasurementIsARegression() {
        assertThat(baseline.regressions(List.of(speed(0.8)))).containsExactly("time was not measured.");
    }

    @Test
    void aNewRatioIsNoRegression() {
        assertThat(baseline.regressions(List.of(speed(0.8), time(2), comparison("new", 0.01))))
                .isEmpty();
    }

    @Test
    void anUpdateKeepsTolerancesAndAddsNewRatios(@TempDir Path folder) {
        var file = folder.resolve("baseline.json");

        baseline.updated(List.of(
                        speed(0.9),
                        time(1.23456),
                        comparison("new", 0.5),
                        comparison("late", 4).lessIsBetter()))
                .write(file);

        assertThat(Baseline.read(file).expected())
                .containsExactly(
                        new Expected("speed", 0.9, Better.MORE, 0.25),
                        new Expected("time", 1.235, Better.LESS, 0.5),
                        new Expected("new", 0.5, Better.MORE, 0.25),
                        new Expected("late", 4, Better.LESS, 1));
    }

    @Test
    void withoutAFileNothingIsExpected(@TempDir Path folder) {
        assertThat(Baseline.read(folder.resolve("none")).expected()).isEmpty();
    }

    private static Comparison speed(double ratio) {
        return comparison("speed", ratio);
    }

    private static Comparison time(double ratio) {
        return comparison("time", ratio).lessIsBetter();
    }

    private static Comparison comparison(String name, double ratio) {
        return new Comparison(name, "some", new Samples(List.of(1.0)), new Samples(List.of(ratio)));
    }
}
