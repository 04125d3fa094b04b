package dev.orderflow.demo;

import dev.orderflow.demo.process.Suite;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Background process of {@code ./demo up --detach --rate N} that places orders. */
@Command(name = "load", hidden = true, description = "Places N orders per second until the suite is down.")
final class LoadCommand implements Runnable {

    private final TopologySource topologies;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "N")
    private int rate;

    LoadCommand(TopologySource topologies) {
        this.topologies = topologies;
    }

    @Override
    public void run() {
        var out = Optional.ofNullable(spec).orElseThrow().commandLine().getOut();
        new Watch(new Suite(topologies.get()), out).untilDown(rate);
    }
}
