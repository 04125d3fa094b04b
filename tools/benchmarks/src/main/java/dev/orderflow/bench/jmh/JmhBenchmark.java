package dev.orderflow.bench.jmh;

import dev.orderflow.bench.Benchmark;
import dev.orderflow.bench.BrokenPromiseException;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.Rounds;
import dev.orderflow.bench.RunOptions;
import dev.orderflow.bench.Samples;
import dev.orderflow.bench.Target;
import dev.orderflow.eventing.inbox.EventHotPath;
import dev.orderflow.eventing.outbox.BucketHashing;
import dev.orderflow.eventing.schemas.SchemaHotPath;
import dev.orderflow.eventing.tracing.TracingHotPath;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "jmh",
        description =
                "Time and allocation of encoding, decoding, dispatching and tracing one event; allocation compared with the first version.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class JmhBenchmark implements Benchmark {

    /**
     * Bytes per event of the first version, by benchmark, without those that Kafka's client allocates for a received
     * record. Measured by these benchmarks at commit 47dce0a. Unlike time, allocation does not depend on the machine.
     */
    private static final Map<String, Double> FIRST_VERSION =
            Map.of("encode", 2_720.0, "decode", 15_072.0, "dispatch", 600.0);

    private static final double REQUIRED = 0.5;

    /**
     * Time of consuming an event by that of decoding it: 26.1 µs ({@code ./bench consume}, JDBC) by 6 µs on one machine. It makes
     * decoding, which this benchmark measures, the measure of any machine.
     */
    private static final double CONSUMING_BY_DECODING = 26.1 / 6;

    private static final double LARGEST_VALIDATION = 0.05;
    private static final double LARGEST_VERIFICATION = 0.10;

    /** Publishing and sending an event come on top of consuming it, and are not counted. */
    private static final double LARGEST_TRACING = 0.01;

    private static final String ROW = "%-16s %12s %12s%n";

    /** Options; a round is a second of each benchmark. */
    @Mixin
    private final RunOptions options = new RunOptions(5, 5);

    /**
     * Cost per event.
     *
     * @param nanos nanoseconds
     * @param bytes allocated bytes
     */
    private record Cost(double nanos, double bytes) {}

    @Override
    public void run() {
        var costs = measure(options.rounds());
        print(options.out(), costs);
        options.publish(new Report(List.of(garbage(costs), validation(costs), verification(costs), tracing(costs))));
    }

    private Map<String, Cost> measure(Rounds rounds) {
        var jmh = new OptionsBuilder()
                .include(EventHotPath.class.getName())
                .include(BucketHashing.class.getName())
                .include(SchemaHotPath.class.getName())
                .include(TracingHotPath.class.getName())
                .forks(1)
                .warmupIterations(rounds.warmUps())
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(rounds.counted())
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        try {
            return costs(new Runner(jmh).run());
        } catch (RunnerException e) {
            throw new BrokenPromiseException("JMH failed: " + e.getMessage(), e);
        }
    }

    private static Map<String, Cost> costs(Collection<RunResult> results) {
        var costs = new TreeMap<String, Cost>();
        for (var result : results) {
            var time = result.getPrimaryResult();
            var garbage = result.getSecondaryResults().get("gc.alloc.rate.norm");
            costs.put(time.getLabel(), new Cost(time.getScore(), garbage.getScore()));
        }
        return costs;
    }

    /** Prints the measured costs; {@code receive} is a part of {@code decode}. */
    private static void print(PrintWriter out, Map<String, Cost> costs) {
        out.printf(Locale.ROOT, ROW, "", "ns/event", "bytes/event");
        costs.forEach((name, cost) -> out.printf(
                Locale.ROOT,
                ROW,
                name,
                String.format(Locale.ROOT, "%,.0f", cost.nanos()),
                String.format(Locale.ROOT, "%,.0f", cost.bytes())));
        out.flush();
    }

    private static Comparison validation(Map<String, Cost> costs) {
        return ofConsuming("validation", costs, costs.get("validate").nanos(), LARGEST_VALIDATION);
    }

    /** Measures what verifying the signature of an event adds to decoding it. */
    private static Comparison verification(Map<String, Cost> costs) {
        var added = costs.get("decodeSigned").nanos()
                - costs.get("decodeUnverified").nanos();
        return ofConsuming("verification", costs, added, LARGEST_VERIFICATION);
    }

    /** Measures the tracing of an event that is not recorded. */
    private static Comparison tracing(Map<String, Cost> costs) {
        var unsampled = Stream.of("publish", "send", "consume")
                .mapToDouble(step -> costs.get(step + "Unsampled").nanos())
                .sum();
        return ofConsuming("tracing, not recorded", costs, unsampled, LARGEST_TRACING);
    }

    private static Comparison ofConsuming(String name, Map<String, Cost> costs, double nanos, double largest) {
        var consuming = CONSUMING_BY_DECODING * costs.get("decode").nanos();
        return new Comparison(name, "ns/event", new Samples(List.of(consuming)), new Samples(List.of(nanos)))
                .lessIsBetter()
                .withTarget(new Target.RatioAtMost(largest));
    }

    private static Comparison garbage(Map<String, Cost> costs) {
        var received = costs.getOrDefault("receive", new Cost(0, 0)).bytes();
        var ours = FIRST_VERSION.keySet().stream()
                        .mapToDouble(name -> costs.get(name).bytes())
                        .sum()
                - received;
        var first =
                FIRST_VERSION.values().stream().mapToDouble(Double::doubleValue).sum();
        return new Comparison("garbage", "bytes/event", new Samples(List.of(first)), new Samples(List.of(ours)))
                .lessIsBetter()
                .withTarget(new Target.RatioAtMost(REQUIRED));
    }
}
