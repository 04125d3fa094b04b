package dev.orderflow.bench.relay;

import dev.orderflow.bench.Benchmark;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Environment;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.Rounds;
import dev.orderflow.bench.RunOptions;
import dev.orderflow.bench.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "wire",
        description =
                "Cost and benefit of compression and lingering when sending and receiving, compared with the relay's"
                        + " settings.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class WireBenchmark implements Benchmark {

    private static final Wire RELAYS = new Wire("lz4", 5);
    private static final List<Wire> OTHERS = List.of(
            new Wire("none", 5),
            new Wire("snappy", 5),
            new Wire("zstd", 5),
            new Wire("gzip", 5),
            new Wire("lz4", 0),
            new Wire("lz4", 20));

    @Option(names = "--events", paramLabel = "N", description = "Events that are sent and received.")
    private int events = 300_000;

    @Mixin
    private final RunOptions options = new RunOptions(5, 2);

    @Override
    public void run() {
        options.require(events >= 1, "--events must be at least 1.");
        options.publish(measure(options.rounds()));
    }

    private Report measure(Rounds rounds) {
        var baselines = new ArrayList<WirePassage.Measured>();
        var measured = new LinkedHashMap<Wire, List<WirePassage.Measured>>();
        try (var environment = Environment.start();
                var passage = WirePassage.start(environment, events)) {
            rounds.run(number -> {
                var baseline = passage.measure(RELAYS);
                rounds.line(number, "%s: %s", RELAYS, baseline);
                if (number > 0) {
                    baselines.add(baseline);
                }
                for (var wire : OTHERS) {
                    var one = passage.measure(wire);
                    rounds.line(number, "%s: %s", wire, one);
                    if (number > 0) {
                        measured.computeIfAbsent(wire, key -> new ArrayList<>()).add(one);
                    }
                }
            });
        }
        return new Report(OTHERS.stream()
                .flatMap(wire -> comparisons(wire, baselines, measured))
                .toList());
    }

    private static Stream<Comparison> comparisons(
            Wire wire, List<WirePassage.Measured> baselines, Map<Wire, List<WirePassage.Measured>> measured) {
        var ours = measured.get(wire);
        return Stream.of(
                compare(wire + ", sent", "events/s", WirePassage.Measured::sent, baselines, ours),
                compare(wire + ", received", "events/s", WirePassage.Measured::received, baselines, ours),
                compare(wire + ", on disk", "bytes", WirePassage.Measured::bytes, baselines, ours)
                        .lessIsBetter());
    }

    private static Comparison compare(
            String name,
            String unit,
            ToDoubleFunction<WirePassage.Measured> value,
            List<WirePassage.Measured> baselines,
            List<WirePassage.Measured> ours) {
        return new Comparison(name, unit, samples(value, baselines), samples(value, ours));
    }

    private static Samples samples(ToDoubleFunction<WirePassage.Measured> value, List<WirePassage.Measured> measured) {
        return new Samples(measured.stream().mapToDouble(value).boxed().toList());
    }
}
