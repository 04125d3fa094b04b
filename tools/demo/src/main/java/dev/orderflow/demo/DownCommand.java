package dev.orderflow.demo;

import dev.orderflow.demo.process.Suite;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "down", description = "Stops all processes.", mixinStandardHelpOptions = true)
final class DownCommand implements Runnable {

    private final TopologySource topologies;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--wipe", description = "Delete all data and logs, too.")
    private boolean wipe;

    DownCommand(TopologySource topologies) {
        this.topologies = topologies;
    }

    @Override
    public void run() {
        var out = Optional.ofNullable(spec).orElseThrow().commandLine().getOut();
        var topology = topologies.get();
        try (var suite = new Suite(topology, new ProgressLines(out))) {
            suite.down();
            if (wipe) {
                suite.wipe();
            }
        }
        out.println(
                wipe
                        ? "Orderflow is down, its data deleted."
                        : "Orderflow is down; its data is kept in " + topology.home() + ".");
    }
}
