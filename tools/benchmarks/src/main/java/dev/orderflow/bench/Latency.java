package dev.orderflow.bench;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** Percentiles of histograms in nanoseconds. */
public final class Latency {

    private static final double NANOS_PER_MILLI = Duration.ofMillis(1).toNanos();

    private Latency() {}

    /**
     * Returns the percentile in milliseconds.
     *
     * @param percentile in per cent
     */
    public static double millis(Histogram nanoseconds, double percentile) {
        return millis(nanoseconds.getValueAtPercentile(percentile));
    }

    static double millis(long nanoseconds) {
        return nanoseconds / NANOS_PER_MILLI;
    }
}
