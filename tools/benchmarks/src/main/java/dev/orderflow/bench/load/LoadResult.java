package dev.orderflow.bench.load;

import dev.orderflow.bench.Latency;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * Result of a load.
 *
 * @param accepted responses with 201
 * @param refused responses with 429, as from an overloaded service
 * @param failed other responses
 * @param unanswered requests without response, as when the connection ended
 * @param unsent requests that were due, but would have exceeded the maximum in progress
 * @param took from the first request to the last response
 * @param latency of requests with a response, nanoseconds
 */
public record LoadResult(
        long accepted, long refused, long failed, long unanswered, long unsent, Duration took, Histogram latency) {

    public double acceptedPerSecond() {
        return accepted / (took.toNanos() / 1e9);
    }

    /**
     * Returns the percentile of the latency in milliseconds.
     *
     * @param percentile in per cent
     */
    public double millis(double percentile) {
        return Latency.millis(latency, percentile);
    }
}
