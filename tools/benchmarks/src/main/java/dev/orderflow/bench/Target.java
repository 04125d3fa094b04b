package dev.orderflow.bench;

import java.util.Locale;

/** Required result of a comparison. */
public sealed interface Target {

    boolean isMet(Comparison comparison);

    /** Lower limit of our median as a share of the baseline's. */
    record RatioAtLeast(double limit) implements Target {

        @Override
        public boolean isMet(Comparison comparison) {
            return comparison.ratio() >= limit;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "ratio >= %.2f", limit);
        }
    }

    /** Upper limit of our median as a share of the baseline's. */
    record RatioAtMost(double limit) implements Target {

        @Override
        public boolean isMet(Comparison comparison) {
            return comparison.ratio() <= limit;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "ratio <= %.2f", limit);
        }
    }

    /** Lower limit of our median, in the comparison's unit. */
    record AtLeast(double limit) implements Target {

        @Override
        public boolean isMet(Comparison comparison) {
            return comparison.ours().median() >= limit;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, ">= %,.0f", limit);
        }
    }

    /** Upper limit of our median, in the comparison's unit. */
    record AtMost(double limit) implements Target {

        @Override
        public boolean isMet(Comparison comparison) {
            return comparison.ours().median() <= limit;
        }

        @Override
        public String toString() {
            return "<= " + Figures.of(limit);
        }
    }
}
