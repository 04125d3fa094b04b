package dev.orderflow.bench;

import java.util.Locale;

/** Numbers formatted for people. */
final class Figures {

    private static final double FEW = 100;

    private Figures() {}

    /** Formats without decimals from 100 on, with two below. */
    static String of(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < FEW ? "%.2f" : "%,.0f", value);
    }

    /** Formats a value and its range, such as {@code 200 [100..400]}. */
    static String spread(double middle, Samples samples) {
        return String.format(Locale.ROOT, "%s [%s..%s]", of(middle), of(samples.least()), of(samples.most()));
    }
}
