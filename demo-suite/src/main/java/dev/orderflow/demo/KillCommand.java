package dev.orderflow.demo;

import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Suite;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./demo kill NAME} */
@Command(name = "kill", description = "Ends one process with SIGKILL.", mixinStandardHelpOptions = true)
final class KillCommand implements Runnable {

    private final TopologySource topologies;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            converter = PartNames.class,
            completionCandidates = PartNames.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private @Nullable Part part;

    KillCommand(TopologySource topologies) {
        this.topologies = topologies;
    }

    @Override
    public void run() {
        var victim = Optional.ofNullable(part).orElseThrow();
        try (var suite = new Suite(topologies.get())) {
            suite.kill(victim);
        }
        Optional.ofNullable(spec)
                .orElseThrow()
                .commandLine()
                .getOut()
                .printf("%s is dead; ./demo start %s starts it again.%n", victim.label(), victim.label());
    }
}
