package dev.orderflow.bench;

import dev.orderflow.bench.Plot.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * Running total, sampled over time.
 *
 * @param samples in the order of time; the first one's total does not count
 */
public record Timeline(List<Sample> samples) {

    /**
     * Sample of the total.
     *
     * @param seconds since the start of the measurement
     * @param total events by then
     */
    public record Sample(double seconds, long total) {}

    /** Minimum width of a step; narrower ones would show the sampling rather than the speed. */
    private static final double NARROWEST_SECONDS = 0.05;

    private static final int MOST_POINTS = 100;

    public Timeline {
        samples = List.copyOf(samples);
    }

    /** {@return the duration from the start of the measurement to the last sample} */
    public double seconds() {
        return samples.getLast().seconds();
    }

    /** Returns the rate from the first event to the last, without the time before the first. */
    public double perSecondSinceFirst() {
        var last = samples.getLast();
        var first = samples.stream()
                .filter(sample -> sample.total() > 0 && sample.total() < last.total())
                .findFirst()
                .orElse(samples.getFirst()); // All events arrived at once.
        return (last.total() - first.total()) / (last.seconds() - first.seconds());
    }

    /** Returns the rate between two moments, in seconds since the start of the measurement. */
    public double perSecondBetween(double from, double to) {
        var first = at(from);
        var last = at(to);
        return (last.total() - first.total()) / (last.seconds() - first.seconds());
    }

    /** Returns the first sample at or after that moment. */
    private Sample at(double seconds) {
        return samples.stream()
                .filter(sample -> sample.seconds() >= seconds)
                .findFirst()
                .orElse(samples.getLast());
    }

    /**
     * Returns the rate in each step, at its middle; steps are wide enough for a plot to show the course and not the
     * noise.
     */
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
