package dev.orderflow.bench.load;

import dev.orderflow.bench.Latency;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What came of a load.
 *
 * @param accepted   answered by 201
 * @param refused    answered by 429, as a service does that has enough to do
 * @param failed     answered otherwise
 * @param unanswered that got no answer, as when the connection ended
 * @param unsent     that were due, but would have been one too many on their way
 * @param took       from the first request to the last answer
 * @param latency    of answered requests, nanoseconds
 */
public record LoadResult(
        long accepted, long refused, long failed, long unanswered, long unsent, Duration took, Histogram latency) {

    public double acceptedPerSecond() {
        return accepted / (took.toNanos() / 1e9);
    }

    /** @return milliseconds that {@code percentile} per cent of the answers did not exceed */
    public double millis(double percentile) {
        return Latency.millis(latency, percentile);
    }
}
