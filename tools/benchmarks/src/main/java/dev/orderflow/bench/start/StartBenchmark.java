package dev.orderflow.bench.start;

import dev.orderflow.bench.Benchmark;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.Rounds;
import dev.orderflow.bench.RunOptions;
import dev.orderflow.bench.Samples;
import dev.orderflow.bench.Target;
import dev.orderflow.bench.start.Starts.Cost;
import dev.orderflow.demo.Practice;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Progress;
import dev.orderflow.demo.process.Topology;
import dev.orderflow.demo.process.Training;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "start",
        description = "Duration and memory of each service's start, compared with java -jar without options.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class StartBenchmark implements Benchmark {

    private static final int MOST_MILLIS = 2_500;
    private static final int MOST_MIB = 220;

    @Option(
            names = "--service",
            paramLabel = "NAME",
            arity = "1..*",
            description = "Services, such as order-service; default: all.")
    private List<String> services = List.of();

    @Option(
            names = "--idle",
            paramLabel = "S",
            description = "Seconds from readiness to the measurement of the memory.")
    private int idle = 10;

    /** Options; in the first warm-up the database is empty. */
    @Mixin
    private final RunOptions options = new RunOptions(5, 1);

    @Override
    public void run() {
        options.require(idle >= 0, "--idle must not be negative.");
        options.publish(new Report(measure(parts(), options.rounds())));
    }

    /** Returns the parts by the names of their modules or their names in {@code ./demo}. */
    private List<Part> parts() {
        var programs = Arrays.stream(Part.values())
                .filter(part -> part.module().isPresent())
                .toList();
        var modules = programs.stream().map(part -> part.module().orElseThrow()).collect(Collectors.joining(", "));
        for (var name : services) {
            options.require(
                    programs.stream().anyMatch(part -> isNamed(part, name)),
                    String.format(Locale.ROOT, "There is no service '%s'; choose from %s.", name, modules));
        }
        return services.isEmpty()
                ? programs
                : programs.stream()
                        .filter(part -> services.stream().anyMatch(name -> isNamed(part, name)))
                        .toList();
    }

    private static boolean isNamed(Part part, String name) {
        return part.label().equals(name) || part.module().orElseThrow().equals(name);
    }

    private List<Comparison> measure(List<Part> parts, Rounds rounds) {
        var root = Topology.findRoot(Path.of(System.getProperty("orderflow.root", "")));
        var builds = Topology.fromEnvironment(root, System.getenv());
        try (var training = new Training(builds, Practice::with)) {
            training.run(Progress.SILENT);
        }
        var comparisons = new ArrayList<Comparison>();
        try (var starts = Starts.with(builds, Duration.ofSeconds(idle))) {
            for (var part : parts) {
                comparisons.addAll(measure(part, starts, rounds));
            }
        }
        return comparisons;
    }

    private List<Comparison> measure(Part part, Starts starts, Rounds rounds) {
        var baseline = new ArrayList<Cost>();
        var ours = new ArrayList<Cost>();
        rounds.run(number -> {
            var plain = starts.plain(part);
            var tuned = starts.ours(part);
            rounds.line(number, "%s: %s without options, %s with ours", part.label(), text(plain), text(tuned));
            if (number > 0) {
                baseline.add(plain);
                ours.add(tuned);
            }
        });
        var start = comparison(
                "start " + part.label(),
                "ms",
                baseline,
                ours,
                cost -> cost.untilReady().toMillis());
        var processor = comparison(
                "cpu " + part.label(),
                "ms",
                baseline,
                ours,
                cost -> cost.processor().toMillis());
        var memory = comparison("memory " + part.label(), "MiB", baseline, ours, cost -> cost.residentKiB() / 1024.0);
        return List.of(
                start.withTarget(new Target.AtMost(MOST_MILLIS)),
                processor,
                memory.withTarget(new Target.AtMost(MOST_MIB)));
    }

    private static Comparison comparison(
            String name, String unit, List<Cost> baseline, List<Cost> ours, ToDoubleFunction<Cost> figure) {
        return new Comparison(name, unit, samples(baseline, figure), samples(ours, figure)).lessIsBetter();
    }

    private static Samples samples(List<Cost> costs, ToDoubleFunction<Cost> figure) {
        return new Samples(costs.stream().mapToDouble(figure).boxed().toList());
    }

    private static String text(Cost cost) {
        return String.format(
                Locale.ROOT,
                "%.1f s (%.1f s of the processors), %d MiB",
                cost.untilReady().toMillis() / 1000.0,
                cost.processor().toMillis() / 1000.0,
                cost.residentKiB() >> 10);
    }
}
