package dev.orderflow.bench.bus;

import dev.orderflow.bench.Benchmark;
import dev.orderflow.bench.Better;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Latency;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.Rounds;
import dev.orderflow.bench.RunOptions;
import dev.orderflow.bench.Samples;
import dev.orderflow.bench.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "bus",
        description = "Events within a process, from one publisher to three listeners, compared with blocking queues.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class BusBenchmark implements Benchmark {

    private static final double LEAST_PER_SECOND = 3_000_000;
    private static final double LEAST_RATIO = 10;
    private static final double MOST_BYTES = 16;
    private static final double P99_MILLIS = 1;
    private static final double URGENT_RATIO = 1.2;
    private static final double PERCENTILE = 99;

    @Option(names = "--seconds", paramLabel = "S", description = "Duration of each measurement.")
    private int seconds = 5;

    @Option(names = "--rate", paramLabel = "N", description = "Events per second for the latency.")
    private int rate = 500_000;

    @Mixin
    private final RunOptions options = new RunOptions(5, 2);

    private final BusMeasures queues = new BusMeasures(QueueFanout::new);
    private final BusMeasures bus = new BusMeasures(BusFanout::new);
    private final Map<String, Pairs> pairs = new LinkedHashMap<>();

    private record Pairs(List<Double> baseline, List<Double> ours) {}

    @Override
    public void run() {
        options.require(seconds >= 1 && rate >= 1, "--seconds and --rate must be at least 1.");
        var rounds = options.rounds();
        rounds.run(number -> {
            speeds(rounds, number);
            latencies(rounds, number, "latency p99", queues.latency(rate, seconds), bus.latency(rate, seconds));
            latencies(
                    rounds,
                    number,
                    "HIGH p99 with a BULK backlog",
                    UrgentEvents.latency(seconds, false),
                    UrgentEvents.latency(seconds, true));
        });
        options.publish(new Report(List.of(
                compare("throughput", "events/s", Better.MORE, new Target.RatioAtLeast(LEAST_RATIO)),
                compare("throughput, absolute", "events/s", Better.MORE, new Target.AtLeast(LEAST_PER_SECOND)),
                compare("processor time", "ns/event", Better.LESS, null),
                compare("allocated", "bytes/event", Better.LESS, new Target.AtMost(MOST_BYTES)),
                compare("latency p99", "ms", Better.LESS, new Target.AtMost(P99_MILLIS)),
                compare("HIGH p99 with a BULK backlog", "ms", Better.LESS, new Target.RatioAtMost(URGENT_RATIO)))));
    }

    private void speeds(Rounds rounds, int number) {
        var baseline = queues.speed(seconds);
        var ours = bus.speed(seconds);
        rounds.line(
                number,
                "queues %,.0f events/s, %,.1f bytes, %,.0f ns CPU/event; bus %,.0f events/s, %,.1f bytes, %,.0f ns CPU/event",
                baseline.perSecond(),
                baseline.bytes(),
                baseline.cpuNanos(),
                ours.perSecond(),
                ours.bytes(),
                ours.cpuNanos());
        add(number, "throughput", baseline.perSecond(), ours.perSecond());
        add(number, "throughput, absolute", baseline.perSecond(), ours.perSecond());
        add(number, "processor time", baseline.cpuNanos(), ours.cpuNanos());
        add(number, "allocated", baseline.bytes(), ours.bytes());
    }

    private void latencies(Rounds rounds, int number, String name, Histogram baseline, Histogram ours) {
        rounds.line(
                number,
                "%s: baseline %.3f ms, ours %.3f ms (p50 %.3f, %.3f)",
                name,
                Latency.millis(baseline, PERCENTILE),
                Latency.millis(ours, PERCENTILE),
                Latency.millis(baseline, 50),
                Latency.millis(ours, 50));
        add(number, name, Latency.millis(baseline, PERCENTILE), Latency.millis(ours, PERCENTILE));
    }

    private void add(int number, String name, double baseline, double ours) {
        if (number > 0) {
            var pair = pairs.computeIfAbsent(name, any -> new Pairs(new ArrayList<>(), new ArrayList<>()));
            pair.baseline.add(baseline);
            pair.ours.add(ours);
        }
    }

    private Comparison compare(String name, String unit, Better better, @Nullable Target target) {
        var pair = pairs.get(name);
        return new Comparison(name, unit, new Samples(pair.baseline), new Samples(pair.ours), better, target);
    }
}
