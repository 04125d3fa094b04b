package dev.orderflow.bench.smoke;

import dev.orderflow.bench.Better;
import dev.orderflow.bench.Comparison;
import java.util.Locale;
import java.util.Optional;

/**
 * Recorded ratio.
 *
 * @param tolerance how much worse it may be, as a share of the ratio: 0.25 is a quarter
 */
record Expected(String name, double ratio, Better better, double tolerance) {

    Expected {
        if (ratio <= 0 || tolerance < 0) {
            throw new IllegalArgumentException(name + " needs a ratio above 0 and a tolerance of at least 0");
        }
    }

    /** Returns a sentence if {@code measured} is worse than tolerated. */
    Optional<String> regression(Comparison measured) {
        var worst = better == Better.MORE ? ratio * (1 - tolerance) : ratio * (1 + tolerance);
        var isWorse = better == Better.MORE ? measured.ratio() < worst : measured.ratio() > worst;
        if (!isWorse) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "%s has a ratio of %.2f; it was %.2f, and must be at %s %.2f.",
                name,
                measured.ratio(),
                ratio,
                better == Better.MORE ? "least" : "most",
                worst));
    }

    Expected withRatio(double measured) {
        return new Expected(name, measured, better, tolerance);
    }
}
