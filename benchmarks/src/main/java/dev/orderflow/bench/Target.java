package dev.orderflow.bench;

/** What a comparison should come to. */
public sealed interface Target {

    boolean isMet(Comparison comparison);

    /** Our median as a share of the baseline's. */
    record RatioAtLeast(double limit) implements Target {

        @Override
        public boolean isMet(Comparison comparison) {
            return comparison.ratio() >= limit;
        }

        @Override
        public String toString() {
            return "ratio >= %.2f".formatted(limit);
        }
    }

    /** Our median as a share of the baseline's. */
    record RatioAtMost(double limit) implements Target {

        @Override
        public boolean isMet(Comparison comparison) {
            return comparison.ratio() <= limit;
        }

        @Override
        public String toString() {
            return "ratio <= %.2f".formatted(limit);
        }
    }

    /** Our median, in the comparison's unit. */
    record AtLeast(double limit) implements Target {

        @Override
        public boolean isMet(Comparison comparison) {
            return comparison.ours().median() >= limit;
        }

        @Override
        public String toString() {
            return ">= %,.0f".formatted(limit);
        }
    }

    /** Our median, in the comparison's unit. */
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
