package dev.orderflow.bench.flow;

import dev.orderflow.bench.Benchmark;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Latency;
import dev.orderflow.bench.Plot;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.RunOptions;
import dev.orderflow.bench.Samples;
import dev.orderflow.bench.Target;
import dev.orderflow.bench.load.LoadResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "overload",
        description =
                "Rate of PAID orders from the first second after a start, and at twice the rate that the suite can"
                        + " complete.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class OverloadBenchmark implements Benchmark {

    private static final double COLD_RATIO = 0.5;
    private static final double GOODPUT_RATIO = 0.85;
    private static final double P99_MS = 5_000;

    private static final Duration SLICE = Duration.ofSeconds(5);
    /** Age from which slices count as the suite's capacity after its start, measured from the first order. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final int SOON_SLICES = 2;
    /** Growth of the rate from the steady value on, until hardly more orders become PAID. */
    private static final double STEP = 1.25;

    private static final double HARDLY_MORE = 1.05;
    private static final int MOST_STEPS = 12;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Orders placed per second after the start; more than can become PAID.")
    private int rate = 1_000;

    @Option(names = "--seconds", paramLabel = "S", description = "Duration of the load after the start.")
    private int seconds = 300;

    @Option(names = "--step-seconds", paramLabel = "S", description = "Duration of each later rate.")
    private int stepSeconds = 30;

    @Option(names = "--untrained", description = "Starts services without AOT caches.")
    private boolean untrained;

    @Mixin
    private final RunOptions options = new RunOptions(3, 0);

    @Override
    public void run() {
        options.require(
                rate >= 1 && seconds >= 60 && stepSeconds >= 10,
                "--rate must be at least 1, --seconds 60, --step-seconds 10.");
        options.publish(measure(options.rounds().counted()));
    }

    private Report measure(int rounds) {
        try (var flow = FlowSuite.start(!untrained)) {
            var cold = passage(flow, rate, Duration.ofSeconds(seconds));
            var slices = seconds / (int) SLICE.toSeconds();
            var paid = cold.passages.paidPerSecond(cold.begin, SLICE.multipliedBy(slices), slices);
            var soon = paid.subList((int) SOON.dividedBy(SLICE) - SOON_SLICES, (int) SOON.dividedBy(SLICE));
            var steady = paid.subList(slices * 2 / 3, slices);
            print("start", cold);

            var most = most(flow, new Samples(steady).median());
            var goodput = new ArrayList<Double>();
            var p99 = new ArrayList<Double>();
            for (var round = 0; round < rounds; round++) {
                var over = passage(flow, (int) (2 * most), Duration.ofSeconds(stepSeconds));
                print("twice", over);
                goodput.add(over.paidPerSecond());
                p99.add(over.p99());
            }
            flow.verify(options.out());
            return new Report(
                    List.of(
                            compare("after 30 s", "orders/s", mean(steady), mean(soon))
                                    .withTarget(new Target.RatioAtLeast(COLD_RATIO)),
                            compare("goodput at twice the capacity", "orders/s", most, goodput)
                                    .withTarget(new Target.RatioAtLeast(GOODPUT_RATIO)),
                            compare("p99 to PAID, start and overload", "ms", cold.p99(), p99)
                                    .lessIsBetter()
                                    .withTarget(new Target.AtMost(P99_MS))),
                    List.of(plot(cold, slices)));
        }
    }

    /** Returns the maximum number of orders per second that become PAID at any rate. */
    private double most(FlowSuite flow, double steady) {
        var most = 0.0;
        var offered = steady;
        for (var step = 0; step < MOST_STEPS; step++) {
            var at = passage(flow, (int) offered, Duration.ofSeconds(stepSeconds));
            print("step", at);
            if (at.paidPerSecond() < HARDLY_MORE * most) {
                return Math.max(most, at.paidPerSecond());
            }
            most = at.paidPerSecond();
            offered *= STEP;
        }
        return most;
    }

    private Run passage(FlowSuite flow, int perSecond, Duration duration) {
        var begin = Instant.now();
        var placed = flow.load().constantRate(perSecond, duration);
        var took = Duration.between(begin, Instant.now());
        flow.awaitAllFinal();
        return new Run(perSecond, begin, took, placed, flow.passagesSince(begin));
    }

    private void print(String name, Run run) {
        options.out()
                .printf(
                        Locale.ROOT,
                        "%-6s %,5d/s: %,7d accepted, %,7d refused, %,d failed, %,d without response, %,d not sent; %,4.0f PAID/s;"
                                + " POST p99 %,.0f ms; to PAID p50 %,.0f ms, p99 %,.0f ms, longest %,.0f ms%n",
                        name,
                        run.rate,
                        run.placed.accepted(),
                        run.placed.refused(),
                        run.placed.failed(),
                        run.placed.unanswered(),
                        run.placed.unsent(),
                        run.paidPerSecond(),
                        run.placed.millis(99),
                        Latency.millis(run.passages.latency(), 50),
                        run.p99(),
                        Latency.millis(run.passages.latency(), 100));
        options.out().flush();
    }

    private static Comparison compare(String name, String unit, double baseline, double ours) {
        return compare(name, unit, baseline, List.of(ours));
    }

    private static Comparison compare(String name, String unit, double baseline, List<Double> ours) {
        return new Comparison(
                name, unit, new Samples(ours.stream().map(value -> baseline).toList()), new Samples(ours));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static Plot plot(Run cold, int slices) {
        var duration = SLICE.multipliedBy(slices);
        return new Plot(
                "Orders per second after a start",
                "seconds",
                "orders/s",
                false,
                List.of(
                        line("placed", cold.passages.placedPerSecond(cold.begin, duration, slices)),
                        line("PAID", cold.passages.paidPerSecond(cold.begin, duration, slices))));
    }

    private static Plot.Line line(String name, List<Double> perSecond) {
        var seconds = SLICE.toSeconds();
        return new Plot.Line(
                name,
                IntStream.range(0, perSecond.size())
                        .mapToObj(slice -> new Plot.Point((slice + 0.5) * seconds, perSecond.get(slice)))
                        .toList());
    }

    /** Run of orders at one rate, until all are final. */
    private record Run(int rate, Instant begin, Duration took, LoadResult placed, Passages passages) {

        /** Returns the rate while orders were placed. */
        double paidPerSecond() {
            return passages.paidPerSecond(begin, took, 1).getFirst();
        }

        double p99() {
            return Latency.millis(passages.latency(), 99);
        }
    }
}
