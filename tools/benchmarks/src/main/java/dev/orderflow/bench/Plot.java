package dev.orderflow.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Line plot.
 *
 * @param x label of the horizontal axis
 * @param y label of the vertical axis
 * @param logarithmic whether both axes are
 */
public record Plot(String title, String x, String y, boolean logarithmic, List<Line> lines) {

    /** Last percentile of a curve: 99.99 %. */
    private static final double LAST_PERCENTILE = 99.99;

    private static final int STEPS_PER_HALVING = 4;

    public record Line(String name, List<Point> points) {}

    public record Point(double x, double y) {}

    /**
     * Plots events per second over time.
     *
     * @param timelines by the name of their line
     */
    public static Plot throughput(String title, Map<String, Timeline> timelines) {
        var lines = timelines.entrySet().stream()
                .map(timeline -> new Line(timeline.getKey(), timeline.getValue().perSecond()))
                .toList();
        return new Plot(title, "seconds", "events/s", false, lines);
    }

    /**
     * Plots latency by percentile; the horizontal axis shows {@code 1 / (1 - percentile)}.
     *
     * @param nanoseconds of all rounds, by the name of their line
     */
    public static Plot latency(String title, Map<String, List<Histogram>> nanoseconds) {
        var lines = nanoseconds.entrySet().stream()
                .map(histograms -> new Line(histograms.getKey(), percentiles(sum(histograms.getValue()))))
                .toList();
        return new Plot(title, "one event in", "ms", true, lines);
    }

    private static Histogram sum(List<Histogram> histograms) {
        var sum = new Histogram(histograms.getFirst()); // The sum is empty at first and has the same resolution.
        histograms.forEach(sum::add);
        return sum;
    }

    private static List<Point> percentiles(Histogram nanoseconds) {
        var points = new ArrayList<Point>();
        for (var value : nanoseconds.percentiles(STEPS_PER_HALVING)) {
            var percentile = value.getPercentileLevelIteratedTo();
            if (percentile <= LAST_PERCENTILE) {
                points.add(new Point(1 / (1 - percentile / 100), Latency.millis(value.getValueIteratedTo())));
            }
        }
        return points;
    }
}
