package dev.orderflow.bench;

/** Numbers for people. */
final class Figures {

    private static final double FEW = 100;

    private Figures() {}

    /** Without decimals from 100 on, with two below. */
    static String of(double value) {
        return (Math.abs(value) < FEW ? "%.2f" : "%,.0f").formatted(value);
    }

    /** Such as {@code 200 [100..400]}. */
    static String spread(double middle, Samples samples) {
        return "%s [%s..%s]".formatted(of(middle), of(samples.least()), of(samples.most()));
    }
}
