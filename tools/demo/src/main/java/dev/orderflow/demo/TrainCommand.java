package dev.orderflow.demo;

import dev.orderflow.demo.process.Training;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./demo train} */
@Command(
        name = "train",
        description = "Lets the services start faster, by a run from which the JVM learns; ./demo up then uses it.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Runnable {

    private final TopologySource topologies;

    @Spec
    private @Nullable CommandSpec spec;

    TrainCommand(TopologySource topologies) {
        this.topologies = topologies;
    }

    @Override
    public void run() {
        var out = Optional.ofNullable(spec).orElseThrow().commandLine().getOut();
        var training = new Training(topologies.get(), Practice::with);
        var stop = new Thread(training::close, "stop-training");
        Runtime.getRuntime().addShutdownHook(stop);
        // Closed by that hook, however this ends.
        training.run(new ProgressLines(out));
    }
}
