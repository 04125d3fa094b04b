package dev.orderflow.demo;

import dev.orderflow.demo.process.Training;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "train",
        description =
                "Makes the services start faster: records AOT caches in a training run, which ./demo up then uses.",
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
        // The shutdown hook closes the training, however it ends.
        training.run(new ProgressLines(out));
    }
}
