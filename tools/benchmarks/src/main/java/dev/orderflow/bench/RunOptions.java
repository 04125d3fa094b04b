package dev.orderflow.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options common to all benchmarks, and the publication of their results. A mixin of a benchmark's command. */
public final class RunOptions {

    private static final Path REPORTS = Path.of(System.getProperty("bench.reports", "target/bench"));

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "--rounds", paramLabel = "R", description = "Rounds, each of the baseline and of ours.")
    private int rounds;

    @Option(names = "--warm-ups", paramLabel = "R", description = "Warm-up rounds, which do not count.")
    private int warmUps;

    @Option(names = "--json", paramLabel = "FILE", description = "File for the results as JSON.")
    private @Nullable Path json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "File for the page with plots; default: target/bench/<name>.html.")
    private @Nullable Path html;

    /** Creates the options with a benchmark's defaults. */
    public RunOptions(int rounds, int warmUps) {
        this.rounds = rounds;
        this.warmUps = warmUps;
    }

    /**
     * Returns the rounds.
     *
     * @throws ParameterException if there would be nothing to measure
     */
    public Rounds rounds() {
        require(rounds >= 1 && warmUps >= 0, "--rounds must be at least 1, --warm-ups at least 0.");
        return new Rounds(rounds, warmUps, out());
    }

    /**
     * Validates an option.
     *
     * @throws ParameterException with {@code otherwise}, a sentence for the user, if {@code condition} does not hold
     */
    public void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(command().commandLine(), otherwise);
        }
    }

    public PrintWriter out() {
        return command().commandLine().getOut();
    }

    /** Prints the report and writes it to the files. */
    public void publish(Report report) {
        report.print(out());
        if (json != null) {
            report.write(json);
        }
        var page = html == null ? REPORTS.resolve(command().name() + ".html") : html;
        new HtmlPage("./bench " + command().name(), arguments()).write(report, page);
        out().println("plots: " + page);
        out().flush();
    }

    private List<String> arguments() {
        var root = command().root().commandLine().getParseResult();
        return root == null ? List.of() : root.originalArgs();
    }

    private CommandSpec command() {
        return Optional.ofNullable(spec).orElseThrow();
    }
}
