package dev.orderflow.bench.place;

import dev.orderflow.bench.Benchmark;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.Samples;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./bench place} */
@Command(
        name = "place",
        description = "How fast POST /api/orders accepts orders of three lines, against a five-statement transaction in"
                + " pgbench.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class PlaceBenchmark implements Benchmark {

    private static final double REQUIRED = 0.5;
    /** Milliseconds. */
    private static final double LARGEST_LATENCY = 50;
    /** Of the throughput, to measure the latency at. */
    private static final double SHARE = 0.7;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--clients", paramLabel = "N", description = "Orders or transactions on their way at once.")
    private int clients = 16;

    @Option(names = "--rounds", paramLabel = "R", description = "Rounds, each of the baseline and of ours.")
    private int rounds = 5;

    @Option(names = "--seconds", paramLabel = "S", description = "How long each measurement takes.")
    private int seconds = 10;

    @Option(names = "--warm-up", paramLabel = "S", description = "Seconds of load before that, which do not count.")
    private int warmUp = 40;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result there too.")
    private @Nullable Path json;

    @Override
    public void run() {
        var command = Optional.ofNullable(spec).orElseThrow().commandLine();
        if (clients < 1 || rounds < 1 || seconds < 1 || warmUp < 1) {
            throw new ParameterException(command, "--clients, --rounds, --seconds and --warm-up must be at least 1.");
        }
        var report = new Report(measure(command.getOut()));
        report.print(command.getOut());
        command.getOut()
                .printf(
                        "required: a ratio of at least %.2f, and a p99 of at most %.0f ms%n",
                        REQUIRED, LARGEST_LATENCY);
        if (json != null) {
            report.write(json);
        }
    }

    private List<Comparison> measure(PrintWriter out) {
        try (var service = PlaceService.start()) {
            out.printf("warm-up  %s%n", service.orders(clients, Duration.ofSeconds(warmUp)));
            out.flush();
            var throughput = throughput(service, out);
            var rate = (int) (SHARE * throughput.ours().median());
            return List.of(throughput, latency(service, rate, out));
        }
    }

    private Comparison throughput(PlaceService service, PrintWriter out) {
        var baseline = new ArrayList<Double>();
        var ours = new ArrayList<Double>();
        for (var round = 1; round <= rounds; round++) {
            var transactions = service.pgbench().throughput(clients, Duration.ofSeconds(seconds));
            var placed = service.orders(clients, Duration.ofSeconds(seconds));
            out.printf("round %d  %,.0f transactions/s; %s%n", round, transactions, placed);
            out.flush();
            baseline.add(transactions);
            ours.add(placed.perSecond());
        }
        return new Comparison("place", "orders/s", new Samples(baseline), new Samples(ours));
    }

    private Comparison latency(PlaceService service, int rate, PrintWriter out) {
        var baseline = new ArrayList<Double>();
        var ours = new ArrayList<Double>();
        for (var round = 1; round <= rounds; round++) {
            var transactions = service.pgbench().latency99(clients, rate, Duration.ofSeconds(seconds));
            var placed = service.ordersAt(rate, Duration.ofSeconds(seconds));
            out.printf("round %d at %,d/s: transactions p99 %.1f ms; %s%n", round, rate, transactions, placed);
            out.flush();
            baseline.add(transactions * 1000);
            ours.add(placed.p99() * 1000);
        }
        return new Comparison("place, p99 at 70 %", "µs", new Samples(baseline), new Samples(ours));
    }
}
