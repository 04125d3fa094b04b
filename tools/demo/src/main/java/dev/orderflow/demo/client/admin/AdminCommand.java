package dev.orderflow.demo.client.admin;

import dev.orderflow.demo.terminal.ForeignText;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Command that sends requests to several parts of the suite. */
public abstract class AdminCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final Supplier<AdminEndpoints> endpoints;

    @Spec
    private @Nullable CommandSpec spec;

    /**
     * Creates the command.
     *
     * @param endpoints called when the command runs
     */
    protected AdminCommand(Supplier<AdminEndpoints> endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public final Integer call() {
        try (var parts = new Parts(endpoints.get(), TIMEOUT)) {
            return run(parts);
        } finally {
            out().flush();
        }
    }

    /** Runs the command and returns the exit code. */
    protected abstract int run(Parts parts);

    protected final PrintWriter out() {
        return commandLine().getOut();
    }

    protected final PrintWriter err() {
        return commandLine().getErr();
    }

    /** Returns the exception for options that do not go together. */
    protected final ParameterException wrong(String message) {
        return new ParameterException(commandLine(), message);
    }

    /**
     * Prints the unavailable parts, a line each, and returns the exit code. The command has failed only if no part
     * responded.
     */
    protected final int reportAway(Answers<?> answers) {
        out().flush();
        answers.away()
                .forEach((part, why) -> err().println(part.label() + " is unavailable: " + ForeignText.line(why)));
        return answers.isEmpty() ? 1 : 0;
    }

    private CommandLine commandLine() {
        return Optional.ofNullable(spec).orElseThrow().commandLine();
    }
}
