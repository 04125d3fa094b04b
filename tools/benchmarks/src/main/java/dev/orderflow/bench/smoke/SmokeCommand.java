package dev.orderflow.bench.smoke;

import dev.orderflow.bench.BrokenPromiseException;
import dev.orderflow.bench.Comparison;
import dev.orderflow.bench.Report;
import dev.orderflow.bench.ShortBenchmark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "smoke",
        description = "Checks the main ratios against the baseline, in under three minutes.",
        mixinStandardHelpOptions = true)
public final class SmokeCommand implements Runnable {

    private static final Path BASELINE =
            Path.of(System.getProperty("bench.baseline", "tools/benchmarks/baseline.json"));

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "File with the expected ratios; default: tools/benchmarks/baseline.json.")
    private Path file = BASELINE;

    @Option(names = "--update", description = "Write the measured ratios to that file instead.")
    private boolean update;

    @Override
    public void run() {
        var command = Optional.ofNullable(spec).orElseThrow();
        var out = command.commandLine().getOut();
        var measured = measure(command);
        new Report(measured).print(out);
        var baseline = Baseline.read(file);
        if (update) {
            baseline.updated(measured).write(file);
            out.println("written: " + file);
            return;
        }
        var regressions = baseline.regressions(measured);
        if (!regressions.isEmpty()) {
            throw new BrokenPromiseException(String.join(System.lineSeparator(), regressions));
        }
        out.println("No ratio is worse than " + file + " tolerates.");
    }

    private static List<Comparison> measure(CommandSpec command) {
        var comparisons = new ArrayList<Comparison>();
        command.parent().subcommands().values().forEach(sibling -> {
            if (sibling.getCommand() instanceof ShortBenchmark benchmark) {
                comparisons.addAll(benchmark.measureShortly());
            }
        });
        return comparisons;
    }
}
