package dev.orderflow.bench.jmh;

import dev.orderflow.bench.Benchmark;
import dev.orderflow.bench.BrokenPromiseException;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.Samples;
import dev.orderflow.eventing.inbox.EventHotPath;
import dev.orderflow.eventing.outbox.BucketHashing;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./bench jmh} */
@Command(
        name = "jmh",
        description =
                "Time and garbage of encoding, decoding and dispatching one event, against the first version's garbage.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class JmhBenchmark implements Benchmark {

    /**
     * Bytes per event of the first version, by benchmark, without those that Kafka's client makes when it receives a record.
     * Measured by these benchmarks at commit 47dce0a. Unlike time, garbage does not depend on the machine.
     */
    private static final Map<String, Double> FIRST_VERSION =
            Map.of("encode", 2_720.0, "decode", 15_072.0, "dispatch", 600.0);

    private static final double REQUIRED = 0.5;
    private static final String ROW = "%-12s %12s %12s%n";

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--rounds", paramLabel = "R", description = "Measured seconds of each benchmark.")
    private int rounds = 5;

    @Option(names = "--warm-ups", paramLabel = "R", description = "Seconds before that, which do not count.")
    private int warmUps = 5;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result there too.")
    private @Nullable Path json;

    /** @param nanos and {@code bytes} per event */
    private record Cost(double nanos, double bytes) {}

    @Override
    public void run() {
        var command = Optional.ofNullable(spec).orElseThrow().commandLine();
        if (rounds < 1 || warmUps < 0) {
            throw new ParameterException(command, "--rounds must be at least 1, --warm-ups at least 0.");
        }
        var costs = measure();
        print(command.getOut(), costs);
        var report = new Report(List.of(garbage(costs)));
        report.print(command.getOut());
        command.getOut().printf("required ratio: at most %.2f%n", REQUIRED);
        if (json != null) {
            report.write(json);
        }
    }

    private Map<String, Cost> measure() {
        var options = new OptionsBuilder()
                .include(EventHotPath.class.getName())
                .include(BucketHashing.class.getName())
                .forks(1)
                .warmupIterations(warmUps)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(rounds)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        try {
            return costs(new Runner(options).run());
        } catch (RunnerException e) {
            throw new BrokenPromiseException("JMH did not come to an end: " + e.getMessage(), e);
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

    /** As measured, {@code receive} being part of {@code decode}. */
    private static void print(PrintWriter out, Map<String, Cost> costs) {
        out.printf(ROW, "", "ns/event", "bytes/event");
        costs.forEach((name, cost) ->
                out.printf(ROW, name, "%,.0f".formatted(cost.nanos()), "%,.0f".formatted(cost.bytes())));
        out.flush();
    }

    private static Comparison garbage(Map<String, Cost> costs) {
        var received = costs.getOrDefault("receive", new Cost(0, 0)).bytes();
        var ours = FIRST_VERSION.keySet().stream()
                        .mapToDouble(name -> costs.get(name).bytes())
                        .sum()
                - received;
        var first =
                FIRST_VERSION.values().stream().mapToDouble(Double::doubleValue).sum();
        return new Comparison("garbage", "bytes/event", new Samples(List.of(first)), new Samples(List.of(ours)));
    }
}
