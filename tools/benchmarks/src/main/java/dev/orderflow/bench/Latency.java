package dev.orderflow.bench;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** What histograms of nanoseconds tell. */
public final class Latency {

    private static final double NANOS_PER_MILLI = Duration.ofMillis(1).toNanos();

    private Latency() {}

    /** @return milliseconds that {@code percentile} per cent did not exceed */
    public static double millis(Histogram nanoseconds, double percentile) {
        return millis(nanoseconds.getValueAtPercentile(percentile));
    }

    static double millis(long nanoseconds) {
        return nanoseconds / NANOS_PER_MILLI;
    }
}
