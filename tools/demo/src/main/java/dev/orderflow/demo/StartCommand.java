package dev.orderflow.demo;

import dev.orderflow.demo.process.Part;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "start", description = "Starts one process again.", mixinStandardHelpOptions = true)
final class StartCommand implements Runnable {

    private final SuiteSource suite;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            converter = PartNames.class,
            completionCandidates = PartNames.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private @Nullable Part part;

    StartCommand(SuiteSource suite) {
        this.suite = suite;
    }

    @Override
    public void run() {
        var out = Optional.ofNullable(spec).orElseThrow().commandLine().getOut();
        try (var processes = suite.processes(new ProgressLines(out))) {
            processes.start(Optional.ofNullable(part).orElseThrow());
        }
    }
}
