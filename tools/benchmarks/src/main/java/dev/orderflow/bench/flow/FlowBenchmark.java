package dev.orderflow.bench.flow;

import dev.orderflow.bench.Benchmark;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Latency;
import dev.orderflow.bench.Plot;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.Rounds;
import dev.orderflow.bench.RunOptions;
import dev.orderflow.bench.Samples;
import dev.orderflow.bench.Target;
import dev.orderflow.bench.load.LoadResult;
import dev.orderflow.demo.process.Part;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "flow",
        description =
                "Rate and latency of orders from placed to PAID with the whole suite on this machine, compared with the rate"
                        + " of placing them.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class FlowBenchmark implements Benchmark {

    private static final double PAID_PER_SECOND = 500;
    private static final double P99_MS = 2_000;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Orders placed per second; slightly more than the target of PAID orders.")
    private int rate = 505;

    @Option(names = "--seconds", paramLabel = "S", description = "Duration of a round; rounds follow without a break.")
    private int seconds = 12;

    @Mixin
    private final RunOptions options = new RunOptions(5, 3);

    @Override
    public void run() {
        options.require(rate >= 1 && seconds >= 1, "--rate and --seconds must be at least 1.");
        options.publish(measure(options.rounds()));
    }

    private Report measure(Rounds rounds) {
        try (var flow = FlowSuite.start(false)) {
            if (rounds.warmUps() > 0) {
                flow.load().constantRate(rate, length(rounds.warmUps()));
                flow.awaitAllFinal();
            }

            var cpu = flow.cpu();
            var begin = Instant.now();
            var duration = length(rounds.counted());
            var placed = flow.load().constantRate(rate, duration);
            flow.awaitAllFinal();
            var settled = Duration.between(begin.plus(duration), Instant.now());
            var used = cpu.used();

            var passages = flow.passagesSince(begin);
            print(rounds.out(), placed, passages, settled, used);
            flow.verify(rounds.out());
            return new Report(
                    List.of(throughput(passages, begin, rounds.counted()), latency(placed.latency(), passages)),
                    List.of(throughputPlot(passages, begin, duration), latencyPlot(placed.latency(), passages)));
        }
    }

    private Duration length(int rounds) {
        return Duration.ofSeconds(seconds).multipliedBy(rounds);
    }

    /** Returns the throughput. A round is a slice of the run, which shows whether the pace is kept. */
    private Comparison throughput(Passages passages, Instant begin, int rounds) {
        return new Comparison(
                        "flow",
                        "orders/s",
                        new Samples(passages.placedPerSecond(begin, length(rounds), rounds)),
                        new Samples(passages.paidPerSecond(begin, length(rounds), rounds)))
                .withTarget(new Target.AtLeast(PAID_PER_SECOND));
    }

    private static Comparison latency(Histogram placed, Passages passages) {
        return new Comparison("flow, p99 to PAID", "ms", p99(placed), p99(passages.latency()))
                .lessIsBetter()
                .withTarget(new Target.AtMost(P99_MS));
    }

    private static Samples p99(Histogram nanoseconds) {
        return new Samples(List.of(Latency.millis(nanoseconds, 99)));
    }

    private static Plot throughputPlot(Passages passages, Instant begin, Duration duration) {
        var slices = (int) duration.toSeconds();
        return new Plot(
                "Orders per second",
                "seconds",
                "orders/s",
                false,
                List.of(
                        line("placed", passages.placedPerSecond(begin, duration, slices)),
                        line("PAID", passages.paidPerSecond(begin, duration, slices))));
    }

    /**
     * Returns a line of the plot.
     *
     * @param perSecond in each second
     */
    private static Plot.Line line(String name, List<Double> perSecond) {
        return new Plot.Line(
                name,
                IntStream.range(0, perSecond.size())
                        .mapToObj(second -> new Plot.Point(second + 0.5, perSecond.get(second)))
                        .toList());
    }

    private static Plot latencyPlot(Histogram placed, Passages passages) {
        var histograms = new LinkedHashMap<String, List<Histogram>>();
        histograms.put("POST", List.of(placed));
        histograms.put("placed to PAID", List.of(passages.latency()));
        return Plot.latency("Latency", histograms);
    }

    private static void print(
            PrintWriter out, LoadResult placed, Passages passages, Duration settled, Map<Part, Duration> used) {
        var latency = passages.latency();
        out.printf(
                Locale.ROOT,
                "%,d orders accepted, %,d refused, %,d failed, %,d without response, %,d not sent in time; POST p50 %.1f ms, p99 %.1f ms%n",
                placed.accepted(),
                placed.refused(),
                placed.failed(),
                placed.unanswered(),
                placed.unsent(),
                placed.millis(50),
                placed.millis(99));
        out.printf(
                Locale.ROOT,
                "POST to PAID: p50 %.0f ms, p99 %.0f ms, longest %.0f ms; %,d cancelled; all final %.1f s after the"
                        + " last was placed%n",
                Latency.millis(latency, 50),
                Latency.millis(latency, 99),
                Latency.millis(latency, 100),
                passages.unpaid(),
                settled.toMillis() / 1e3);
        out.printf(Locale.ROOT, "processor time per order:");
        used.forEach((part, time) -> out.printf(
                Locale.ROOT, " %s %.2f ms", part.label(), time.toNanos() / 1e6 / Math.max(1, placed.accepted())));
        out.println();
        out.flush();
    }
}
