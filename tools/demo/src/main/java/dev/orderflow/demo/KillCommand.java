package dev.orderflow.demo;

import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Progress;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "kill", description = "Kills one process with SIGKILL.", mixinStandardHelpOptions = true)
final class KillCommand implements Runnable {

    private final SuiteSource suite;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            converter = PartNames.class,
            completionCandidates = PartNames.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private @Nullable Part part;

    KillCommand(SuiteSource suite) {
        this.suite = suite;
    }

    @Override
    public void run() {
        var victim = Optional.ofNullable(part).orElseThrow();
        try (var processes = suite.processes(Progress.SILENT)) {
            processes.kill(victim);
        }
        Optional.ofNullable(spec)
                .orElseThrow()
                .commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%s was killed; %s start %s starts it again.%n",
                        victim.label(),
                        suite.program(),
                        victim.label());
    }
}
