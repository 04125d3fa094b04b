package dev.orderflow.demo;

import dev.orderflow.demo.process.Addresses;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.terminal.ForeignText;
import dev.orderflow.verify.Verification;
import dev.orderflow.verify.evidence.Service;
import dev.orderflow.verify.evidence.SourceAwayException;
import dev.orderflow.verify.evidence.Sources;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = "Checks that nothing is lost or duplicated, and that stock and money are conserved.",
        mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {

    private final Supplier<Addresses> addresses;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--timeout", description = "Seconds to wait for what is in flight; default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds = 60;

    /**
     * Creates the command.
     *
     * @param addresses of the suite, called when the command runs
     */
    public VerifyCommand(Supplier<Addresses> addresses) {
        this.addresses = addresses;
    }

    /** Returns the addresses of the evidence about a suite. */
    public static Sources sources(Addresses addresses) {
        var databases = new EnumMap<Service, Sources.Database>(Service.class);
        for (var service : Service.values()) {
            var part = Part.named(service.shortName()).orElseThrow();
            databases.put(
                    service, new Sources.Database(addresses.jdbcUrl(part), part.database(), addresses.password(part)));
        }
        return new Sources(databases, addresses.broker(), addresses.uri(Part.SANDBOX));
    }

    @Override
    public Integer call() {
        var commandLine = Optional.ofNullable(spec).orElseThrow().commandLine();
        if (timeoutSeconds < 0) {
            throw new ParameterException(commandLine, "--timeout must be 0 or more");
        }
        try {
            var report = new Verification(sources(addresses.get()), Clock.systemUTC())
                    .verify(Duration.ofSeconds(timeoutSeconds));
            report.print(commandLine.getOut(), ForeignText::line);
            return report.isKept() ? 0 : 1;
        } catch (SourceAwayException e) {
            commandLine.getErr().println(ForeignText.line(e.getMessage()));
            return 1;
        }
    }
}
