package dev.orderflow.demo.verify;

import dev.orderflow.demo.terminal.ForeignText;
import dev.orderflow.demo.verify.evidence.SourceAwayException;
import dev.orderflow.demo.verify.evidence.Sources;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./demo verify} */
@Command(
        name = "verify",
        description = "Checks that nothing is lost, nothing came twice, and stock and money are conserved.",
        mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {

    private final Supplier<Sources> sources;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--timeout", description = "Seconds to wait for what is under way; default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds = 60;

    /** @param sources asked for when the command runs */
    public VerifyCommand(Supplier<Sources> sources) {
        this.sources = sources;
    }

    @Override
    public Integer call() {
        var commandLine = Optional.ofNullable(spec).orElseThrow().commandLine();
        if (timeoutSeconds < 0) {
            throw new ParameterException(commandLine, "--timeout must be 0 or more");
        }
        try {
            var report = new Verification(sources.get(), Clock.systemUTC()).verify(Duration.ofSeconds(timeoutSeconds));
            report.print(commandLine.getOut());
            return report.isKept() ? 0 : 1;
        } catch (SourceAwayException e) {
            commandLine.getErr().println(ForeignText.line(e.getMessage()));
            return 1;
        }
    }
}
