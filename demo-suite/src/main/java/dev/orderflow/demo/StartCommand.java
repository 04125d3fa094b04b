package dev.orderflow.demo;

import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Suite;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./demo start NAME} */
@Command(name = "start", description = "Starts one process again.", mixinStandardHelpOptions = true)
final class StartCommand implements Runnable {

    private final TopologySource topologies;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            converter = PartNames.class,
            completionCandidates = PartNames.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private @Nullable Part part;

    StartCommand(TopologySource topologies) {
        this.topologies = topologies;
    }

    @Override
    public void run() {
        var out = Optional.ofNullable(spec).orElseThrow().commandLine().getOut();
        try (var suite = new Suite(topologies.get(), new ProgressLines(out))) {
            suite.start(Optional.ofNullable(part).orElseThrow());
        }
    }
}
