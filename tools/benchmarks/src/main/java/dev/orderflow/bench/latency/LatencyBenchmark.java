package dev.orderflow.bench.latency;

import dev.orderflow.bench.ChildJvm;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Environment;
import dev.orderflow.bench.Latency;
import dev.orderflow.bench.Plot;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.Rounds;
import dev.orderflow.bench.RunOptions;
import dev.orderflow.bench.Samples;
import dev.orderflow.bench.ShortBenchmark;
import dev.orderflow.bench.Target;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "latency",
        description = "Latency from commit to a plain consumer, compared with sending without a database.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class LatencyBenchmark implements ShortBenchmark {

    private static final List<String> JVM_OPTIONS = List.of("-Xms256m", "-Xmx512m");
    private static final double MEDIAN_MS = 2.5;
    private static final double P99_MS = 8;
    private static final double P99_HALF_LOAD_MS = 25;
    private static final int RAMP_SECONDS = 3;
    private static final int[] RAMP_THREADS = {1, 2, 4, 8, 16};
    private static final int CONNECTIONS = 20;

    @Option(names = "--rate", paramLabel = "N", description = "Events per second.")
    private double rate = 100;

    @Option(names = "--seconds", paramLabel = "S", description = "Duration of each measurement.")
    private int seconds = 20;

    @Option(
            names = "--half-load",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Also measure at half of the sustainable rate, which a ramp of writers determines.")
    private boolean halfLoad = true;

    @Option(
            names = "--instances",
            paramLabel = "N",
            description = "Instances of the service. One publishes all events, and the relays of all share them.")
    private int instances = 1;

    @Mixin
    private final RunOptions options = new RunOptions(5, 1);

    @Override
    public void run() {
        options.require(rate > 0 && seconds >= 1, "--rate must be more than 0, --seconds at least 1.");
        options.require(instances >= 1 && instances <= 16, "--instances must be 1 to 16.");
        options.require(instances == 1 || !halfLoad, "Several --instances require --no-half-load.");
        options.publish(measure(options.rounds()));
    }

    /** Measures at the usual rate only. */
    @Override
    public List<Comparison> measureShortly() {
        seconds = 3;
        halfLoad = false;
        return measure(new Rounds(3, 1, options.out())).comparisons();
    }

    private Report measure(Rounds rounds) {
        var reports = new ArrayList<Report>();
        try (var environment = Environment.start();
                var service = new Instances(properties(environment), instances)) {
            var child = service.publishing();
            reports.add(new Latencies(child, name(), rate)
                    .measure(rounds, new Target.AtMost(MEDIAN_MS), new Target.AtMost(P99_MS)));
            if (halfLoad) {
                var half = sustainable(child) / 2;
                reports.add(new Latencies(child, "latency at half load", half)
                        .measure(rounds, null, new Target.AtMost(P99_HALF_LOAD_MS)));
            }
        }
        return Report.of(reports);
    }

    private String name() {
        var name = String.format(Locale.ROOT, "latency at %.0f/s", rate);
        return instances == 1 ? name : String.format(Locale.ROOT, "%s, %d instances", name, instances);
    }

    /** Returns the maximum rate of the writers, the relay and the broker together. */
    private double sustainable(ChildJvm child) {
        var most = 0.0;
        for (var threads : RAMP_THREADS) {
            var perSecond = child.ask(String.format(Locale.ROOT, "ramp %d %d", RAMP_SECONDS, threads), Double.class);
            options.out().printf(Locale.ROOT, "%2d writers: %,.0f events/s committed and sent%n", threads, perSecond);
            most = Math.max(most, perSecond);
        }
        options.out().flush();
        return most;
    }

    /** Instances of the service: one that publishes, and others whose relays take their share. */
    private static final class Instances implements AutoCloseable {

        private final List<ChildJvm> children = new ArrayList<>();

        private Instances(Map<String, String> properties, int number) {
            for (var instance = 1; instance <= number; instance++) {
                children.add(ChildJvm.start("latency-" + instance, LatencyWorker.class, JVM_OPTIONS, properties));
            }
            publishing().ask("share " + number, Integer.class);
        }

        private ChildJvm publishing() {
            return children.getFirst();
        }

        @Override
        public void close() {
            children.forEach(ChildJvm::close);
        }
    }

    private static Map<String, String> properties(Environment environment) {
        var properties = new HashMap<>(environment.createDatabase("bench_latency"));
        properties.put("spring.datasource.hikari.maximum-pool-size", Integer.toString(CONNECTIONS));
        return properties;
    }

    /** Latencies of both sides at one rate. */
    private final class Latencies {

        private final ChildJvm child;
        private final String name;
        private final double perSecond;
        private final Map<String, List<Histogram>> histograms = new LinkedHashMap<>();

        private Latencies(ChildJvm child, String name, double perSecond) {
            this.child = child;
            this.name = name;
            this.perSecond = perSecond;
        }

        private Report measure(Rounds rounds, @Nullable Target median, Target p99) {
            rounds.run(number -> {
                var baseline = ask("baseline");
                var ours = ask("ours");
                rounds.line(
                        number,
                        "%s: p50/p99 baseline %.2f/%.2f ms, ours %.2f/%.2f ms",
                        name,
                        Latency.millis(baseline, 50),
                        Latency.millis(baseline, 99),
                        Latency.millis(ours, 50),
                        Latency.millis(ours, 99));
                if (number > 0) {
                    histograms
                            .computeIfAbsent("broker alone", any -> new ArrayList<>())
                            .add(baseline);
                    histograms
                            .computeIfAbsent("commit to consumer", any -> new ArrayList<>())
                            .add(ours);
                }
            });
            return new Report(
                    List.of(compare("p50", 50, median), compare("p99", 99, p99)),
                    List.of(Plot.latency(
                            String.format(Locale.ROOT, "%s (%,.0f events/s)", name, perSecond), histograms)));
        }

        private Histogram ask(String side) {
            var question = String.format(Locale.ROOT, "%s %.1f %d", side, perSecond, seconds);
            return decoded(child.ask(question, String.class));
        }

        private Comparison compare(String suffix, double percentile, @Nullable Target target) {
            var comparison = new Comparison(
                            name + " " + suffix,
                            "ms",
                            samples("broker alone", percentile),
                            samples("commit to consumer", percentile))
                    .lessIsBetter();
            return target == null ? comparison : comparison.withTarget(target);
        }

        private Samples samples(String side, double percentile) {
            return new Samples(histograms.get(side).stream()
                    .map(histogram -> Latency.millis(histogram, percentile))
                    .toList());
        }
    }

    private static Histogram decoded(String histogram) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(histogram)), 0);
        } catch (DataFormatException e) {
            throw new IllegalStateException(e);
        }
    }
}
