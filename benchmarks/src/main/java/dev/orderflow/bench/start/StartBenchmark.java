package dev.orderflow.bench.start;

import dev.orderflow.bench.Benchmark;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.Samples;
import dev.orderflow.bench.start.Starts.Cost;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Progress;
import dev.orderflow.demo.process.Topology;
import dev.orderflow.demo.process.Training;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./bench start} */
@Command(
        name = "start",
        description = "What a start of each service costs, and its memory then, against java -jar without options.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class StartBenchmark implements Benchmark {

    private static final int MOST_MILLIS = 2_500;
    private static final int MOST_MIB = 220;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--service",
            paramLabel = "NAME",
            arity = "1..*",
            description = "Services, such as order-service. Without this, all.")
    private List<String> services = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "R",
            description = "Rounds, each a start without and one with our options.")
    private int rounds = 5;

    @Option(
            names = "--warm-ups",
            paramLabel = "R",
            description = "Rounds before that, which do not count; in the first, the database is empty.")
    private int warmUps = 1;

    @Option(names = "--idle", paramLabel = "S", description = "Seconds from ready until the memory is looked at.")
    private int idle = 10;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result there too.")
    private @Nullable Path json;

    @Override
    public void run() {
        var command = Optional.ofNullable(spec).orElseThrow().commandLine();
        if (rounds < 1 || warmUps < 0 || idle < 0) {
            throw new ParameterException(
                    command, "--rounds must be at least 1, --warm-ups and --idle must not be negative.");
        }
        var parts = parts();
        var report = new Report(measure(parts, command.getOut()));
        report.print(command.getOut());
        command.getOut().printf("required of ours: at most %,d ms and %d MiB%n", MOST_MILLIS, MOST_MIB);
        if (json != null) {
            report.write(json);
        }
    }

    /** By the names of their modules or those that {@code ./demo} uses. */
    private List<Part> parts() {
        var programs = Arrays.stream(Part.values())
                .filter(part -> part.module().isPresent())
                .toList();
        return services.isEmpty()
                ? programs
                : services.stream().map(name -> part(programs, name)).distinct().toList();
    }

    private Part part(List<Part> programs, String name) {
        return programs.stream()
                .filter(part ->
                        part.label().equals(name) || part.module().orElseThrow().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        Optional.ofNullable(spec).orElseThrow().commandLine(),
                        "There is no service '%s'; choose from %s."
                                .formatted(
                                        name,
                                        String.join(
                                                ", ",
                                                programs.stream()
                                                        .map(part ->
                                                                part.module().orElseThrow())
                                                        .toList()))));
    }

    private List<Comparison> measure(List<Part> parts, PrintWriter out) {
        var root = Topology.findRoot(Path.of(System.getProperty("orderflow.root", "")));
        var builds = Topology.fromEnvironment(root, System.getenv());
        try (var training = new Training(builds)) {
            training.run(Progress.SILENT);
        }
        var comparisons = new ArrayList<Comparison>();
        try (var starts = Starts.with(builds, Duration.ofSeconds(idle))) {
            for (var part : parts) {
                comparisons.addAll(measure(part, starts, out));
            }
        }
        return comparisons;
    }

    private List<Comparison> measure(Part part, Starts starts, PrintWriter out) {
        var baseline = new ArrayList<Cost>();
        var ours = new ArrayList<Cost>();
        for (var number = 1 - warmUps; number <= rounds; number++) {
            var plain = starts.plain(part);
            var tuned = starts.ours(part);
            print(out, part, number, plain, tuned);
            if (number > 0) {
                baseline.add(plain);
                ours.add(tuned);
            }
        }
        return List.of(
                comparison(
                        "start ",
                        part,
                        "ms",
                        baseline,
                        ours,
                        cost -> cost.untilReady().toMillis()),
                comparison(
                        "cpu ",
                        part,
                        "ms",
                        baseline,
                        ours,
                        cost -> cost.processor().toMillis()),
                comparison("memory ", part, "MiB", baseline, ours, cost -> cost.residentKiB() / 1024.0));
    }

    private static Comparison comparison(
            String name, Part part, String unit, List<Cost> baseline, List<Cost> ours, ToDoubleFunction<Cost> figure) {
        return new Comparison(name + part.label(), unit, samples(baseline, figure), samples(ours, figure));
    }

    private static Samples samples(List<Cost> costs, ToDoubleFunction<Cost> figure) {
        return new Samples(costs.stream().mapToDouble(figure).boxed().toList());
    }

    private static void print(PrintWriter out, Part part, int number, Cost plain, Cost ours) {
        out.printf(
                "%-8s %-13s %s without options, %s with ours%n",
                number > 0 ? "round " + number : "warm-up", part.label(), text(plain), text(ours));
        out.flush();
    }

    private static String text(Cost cost) {
        return "%.1f s (%.1f s of the processors), %d MiB"
                .formatted(
                        cost.untilReady().toMillis() / 1000.0,
                        cost.processor().toMillis() / 1000.0,
                        cost.residentKiB() >> 10);
    }
}
