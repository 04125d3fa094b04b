package dev.orderflow.demo;

import dev.orderflow.demo.client.ShopClient;
import dev.orderflow.demo.client.ShopEndpoints;
import dev.orderflow.demo.process.Suite;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        description = "Starts PostgreSQL, Kafka and all services; Ctrl-C or ./demo down stops them.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    private final TopologySource topologies;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--detach", description = "Return when all processes are up, and leave them running.")
    private boolean detach;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Place N orders per second for as long as the suite is up.")
    private int rate;

    UpCommand(TopologySource topologies) {
        this.topologies = topologies;
    }

    @Override
    public Integer call() {
        var commandLine = Optional.ofNullable(spec).orElseThrow().commandLine();
        if (rate < 0) {
            throw new ParameterException(commandLine, "--rate must not be negative");
        }
        var out = commandLine.getOut();
        var topology = topologies.get();
        try (var suite = new Suite(topology, new ProgressLines(out))) {
            var stop = new Thread(suite::downIfMine, "stop-suite");
            Runtime.getRuntime().addShutdownHook(stop);
            var begin = Instant.now();
            suite.up();
            try (var shop = new ShopClient(ShopEndpoints.of(topology))) {
                new DemoCatalog(shop).fillIfEmpty();
            }
            new Welcome(out).print(topology, Duration.between(begin, Instant.now()), detach);
            if (detach) {
                Runtime.getRuntime().removeShutdownHook(stop);
                if (rate > 0) {
                    suite.startLoad(rate);
                }
            } else {
                new Watch(suite, out).untilDown(rate);
            }
        }
        return 0;
    }
}
