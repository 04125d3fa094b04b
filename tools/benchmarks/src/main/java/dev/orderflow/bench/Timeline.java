package dev.orderflow.bench;

import dev.orderflow.bench.Plot.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * A running total, looked at from time to time.
 *
 * @param samples in the order of time; the first one's total does not count
 */
public record Timeline(List<Sample> samples) {

    /**
     * @param seconds since the measurement began
     * @param total   events by then
     */
    public record Sample(double seconds, long total) {}

    /** Narrower steps would show the sampling rather than what was sampled. */
    private static final double NARROWEST_SECONDS = 0.05;

    private static final int MOST_POINTS = 100;

    public Timeline {
        samples = List.copyOf(samples);
    }

    /** From the beginning of the measurement to the last sample. */
    public double seconds() {
        return samples.getLast().seconds();
    }

    /** From when the first was done to the last: what it takes to get going does not count. */
    public double perSecondSinceFirst() {
        var last = samples.getLast();
        var first = samples.stream()
                .filter(sample -> sample.total() > 0 && sample.total() < last.total())
                .findFirst()
                .orElse(samples.getFirst()); // All came at once.
        return (last.total() - first.total()) / (last.seconds() - first.seconds());
    }

    /** Between two moments, in seconds since the measurement began. */
    public double perSecondBetween(double from, double to) {
        var first = at(from);
        var last = at(to);
        return (last.total() - first.total()) / (last.seconds() - first.seconds());
    }

    /** The first sample not before that. */
    private Sample at(double seconds) {
        return samples.stream()
                .filter(sample -> sample.seconds() >= seconds)
                .findFirst()
                .orElse(samples.getLast());
    }

    /** The speed in each step, at its middle; of steps so wide that a plot shows the course and not the noise. */
    List<Point> perSecond() {
        var points = new ArrayList<Point>();
        if (samples.isEmpty()) {
            return points;
        }
        var from = samples.getFirst();
        var step = Math.max(NARROWEST_SECONDS, (samples.getLast().seconds() - from.seconds()) / MOST_POINTS);
        for (var sample : samples) {
            var seconds = sample.seconds() - from.seconds();
            if (seconds >= step) {
                points.add(
                        new Point(from.seconds() + seconds / 2, Math.round((sample.total() - from.total()) / seconds)));
                from = sample;
            }
        }
        return points;
    }
}
