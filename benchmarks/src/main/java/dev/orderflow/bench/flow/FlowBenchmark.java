package dev.orderflow.bench.flow;

import dev.orderflow.bench.Benchmark;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.Samples;
import dev.orderflow.bench.load.LoadResult;
import dev.orderflow.demo.process.Part;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./bench flow} */
@Command(
        name = "flow",
        description =
                "How many orders become PAID, and how soon, with the whole suite on this machine, against how many are"
                        + " placed.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class FlowBenchmark implements Benchmark {

    private static final double REQUIRED_RATE = 500;
    /** Milliseconds. */
    private static final double LARGEST_LATENCY = 2_000;
    /** Of a run, to see whether it keeps its pace. */
    private static final int SLICES = 5;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--rate", paramLabel = "N", description = "Orders per second.")
    private int rate = 500;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long they are placed; 300 tells what is sustained.")
    private int seconds = 60;

    @Option(names = "--warm-up", paramLabel = "S", description = "Seconds at that rate before, which do not count.")
    private int warmUp = 30;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result there too.")
    private @Nullable Path json;

    @Override
    public void run() {
        var command = Optional.ofNullable(spec).orElseThrow().commandLine();
        if (rate < 1 || seconds < 1 || warmUp < 1) {
            throw new ParameterException(command, "--rate, --seconds and --warm-up must be at least 1.");
        }
        var report = new Report(measure(command.getOut()));
        report.print(command.getOut());
        command.getOut()
                .printf(
                        "required: at least %,.0f PAID per second, and a p99 of at most %,.0f ms%n",
                        REQUIRED_RATE, LARGEST_LATENCY);
        if (json != null) {
            report.write(json);
        }
    }

    private List<Comparison> measure(PrintWriter out) {
        try (var flow = FlowSuite.start()) {
            flow.load().constantRate(rate, Duration.ofSeconds(warmUp));
            flow.awaitAllFinal();

            var cpu = flow.cpu();
            var begin = Instant.now();
            var duration = Duration.ofSeconds(seconds);
            var placed = flow.load().constantRate(rate, duration);
            flow.awaitAllFinal();
            var settled = Duration.between(begin.plus(duration), Instant.now());
            var used = cpu.used();

            var passages = flow.passagesSince(begin);
            print(out, placed, passages, settled, used);
            flow.verify(out);
            return List.of(
                    new Comparison(
                            "flow",
                            "orders/s",
                            new Samples(passages.placedPerSecond(begin, duration, SLICES)),
                            new Samples(passages.paidPerSecond(begin, duration, SLICES))),
                    new Comparison(
                            "flow, p99 to PAID",
                            "µs",
                            new Samples(List.of(placed.millis(99) * 1000)),
                            new Samples(List.of((double) passages.latency().getValueAtPercentile(99)))));
        }
    }

    private static void print(
            PrintWriter out, LoadResult placed, Passages passages, Duration settled, Map<Part, Duration> used) {
        var latency = passages.latency();
        out.printf(
                "%,d orders accepted, %,d refused, %,d failed, %,d not sent in time; POST p50 %.1f ms, p99 %.1f ms%n",
                placed.accepted(),
                placed.refused(),
                placed.failed(),
                placed.unsent(),
                placed.millis(50),
                placed.millis(99));
        out.printf(
                "POST to PAID: p50 %.0f ms, p99 %.0f ms, longest %.0f ms; %,d cancelled; all final %.1f s after the"
                        + " last was placed%n",
                latency.getValueAtPercentile(50) / 1e3,
                latency.getValueAtPercentile(99) / 1e3,
                latency.getMaxValue() / 1e3,
                passages.unpaid(),
                settled.toMillis() / 1e3);
        out.printf("processor time per order:");
        used.forEach((part, time) ->
                out.printf(" %s %.2f ms", part.label(), time.toNanos() / 1e6 / Math.max(1, placed.accepted())));
        out.println();
        out.flush();
    }
}
