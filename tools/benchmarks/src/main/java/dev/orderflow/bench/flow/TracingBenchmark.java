package dev.orderflow.bench.flow;

import dev.orderflow.bench.Benchmark;
import dev.orderflow.bench.BrokenPromiseException;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.RunOptions;
import dev.orderflow.bench.Target;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "tracing",
        description =
                "Processor time of an order in the whole suite whose trace is recorded, compared with one whose trace is not.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class TracingBenchmark implements Benchmark {

    private static final double LARGEST_RATIO = 1.10;
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-";
    private static final String UNRECORDED = "00";
    private static final String RECORDED = "01";

    @Option(names = "--rate", paramLabel = "N", description = "Orders placed per second.")
    private int rate = 200;

    @Option(names = "--seconds", paramLabel = "S", description = "Duration of each half of a round.")
    private int seconds = 12;

    @Mixin
    private final RunOptions options = new RunOptions(5, 3);

    @Override
    public void run() {
        options.require(rate >= 1 && seconds >= 1, "--rate and --seconds must be at least 1.");
        var rounds = options.rounds();
        try (var spans = SpanSink.start();
                var flow = FlowSuite.start(false, spans.jvmOptions())) {
            var comparison = rounds.measure(
                            "tracing", "µs/order", () -> cost(flow, UNRECORDED), () -> cost(flow, RECORDED))
                    .lessIsBetter()
                    .withTarget(new Target.RatioAtMost(LARGEST_RATIO));
            if (spans.bytes() == 0) {
                throw new BrokenPromiseException("No span was exported.");
            }
            rounds.out().printf(Locale.ROOT, "%,d KB of spans%n", spans.bytes() / 1_000);
            flow.verify(rounds.out());
            options.publish(new Report(List.of(comparison)));
        }
    }

    /** Returns the processor time of all parts of the suite for each order, until all orders are final. */
    private double cost(FlowSuite flow, String flags) {
        var cpu = flow.cpu();
        var placed = flow.load().with("traceparent", TRACE + flags).constantRate(rate, Duration.ofSeconds(seconds));
        flow.awaitAllFinal();
        var used = cpu.used().values().stream().reduce(Duration.ZERO, Duration::plus);
        return used.toNanos() / 1e3 / Math.max(1, placed.accepted());
    }
}
