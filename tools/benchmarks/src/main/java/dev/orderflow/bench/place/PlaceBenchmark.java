package dev.orderflow.bench.place;

import dev.orderflow.bench.Benchmark;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Latency;
import dev.orderflow.bench.Plot;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.Rounds;
import dev.orderflow.bench.RunOptions;
import dev.orderflow.bench.Samples;
import dev.orderflow.bench.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "place",
        description =
                "Rate at which POST /api/orders accepts orders of three lines, compared with a five-statement transaction in"
                        + " pgbench.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class PlaceBenchmark implements Benchmark {

    private static final double REQUIRED = 0.5;
    private static final double P99_MS = 50;
    /** Share of the maximum throughput at which the latency is measured. */
    private static final double SHARE = 0.7;
    /**
     * Warm-ups of the open model: the load's own code for it is new, and the service gets hundreds of connections for
     * the first time.
     */
    private static final int OPEN_WARM_UPS = 1;

    @Option(names = "--clients", paramLabel = "N", description = "Concurrent orders or transactions.")
    private int clients = 16;

    @Option(names = "--seconds", paramLabel = "S", description = "Duration of each measurement.")
    private int seconds = 10;

    /** Options with enough warm-ups for all code to be compiled. */
    @Mixin
    private final RunOptions options = new RunOptions(5, 4);

    @Override
    public void run() {
        options.require(clients >= 1 && seconds >= 1, "--clients and --seconds must be at least 1.");
        options.publish(measure(options.rounds(), Duration.ofSeconds(seconds)));
    }

    private Report measure(Rounds rounds, Duration duration) {
        try (var service = PlaceService.start()) {
            var throughput = throughput(service, rounds, duration);
            var rate = Math.max(1, (int) (SHARE * throughput.ours().median()));
            var latency = latency(service, rate, new Rounds(rounds.counted(), OPEN_WARM_UPS, rounds.out()), duration);
            return Report.of(List.of(new Report(List.of(throughput)), latency));
        }
    }

    private Comparison throughput(PlaceService service, Rounds rounds, Duration duration) {
        var baseline = new ArrayList<Double>();
        var ours = new ArrayList<Double>();
        rounds.run(number -> {
            var transactions = service.pgbench().throughput(clients, duration);
            var placed = service.orders(clients, duration);
            rounds.line(number, "%,.0f transactions/s; %s", transactions, placed);
            if (number > 0) {
                baseline.add(transactions);
                ours.add(placed.perSecond());
            }
        });
        return new Comparison("place", "orders/s", new Samples(baseline), new Samples(ours))
                .withTarget(new Target.RatioAtLeast(REQUIRED));
    }

    private Report latency(PlaceService service, int rate, Rounds rounds, Duration duration) {
        var baseline = new ArrayList<Histogram>();
        var ours = new ArrayList<Histogram>();
        rounds.run(number -> {
            var transactions = service.pgbench().latency(clients, rate, duration);
            var placed = service.ordersAt(rate, duration);
            rounds.line(number, "%,d/s: transactions p99 %.1f ms; %s", rate, Latency.millis(transactions, 99), placed);
            if (number > 0) {
                baseline.add(transactions);
                ours.add(placed.latency());
            }
        });
        var p99 = new Comparison("place, p99 at 70 %", "ms", p99(baseline), p99(ours))
                .lessIsBetter()
                .withTarget(new Target.AtMost(P99_MS));
        var histograms = new LinkedHashMap<String, List<Histogram>>();
        histograms.put("pgbench", baseline);
        histograms.put("POST /api/orders", ours);
        return new Report(
                List.of(p99),
                List.of(Plot.latency(String.format(Locale.ROOT, "place (%,d orders/s)", rate), histograms)));
    }

    private static Samples p99(List<Histogram> histograms) {
        return new Samples(histograms.stream()
                .map(histogram -> Latency.millis(histogram, 99))
                .toList());
    }
}
