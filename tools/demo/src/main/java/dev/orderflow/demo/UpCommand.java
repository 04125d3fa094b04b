package dev.orderflow.demo;

import dev.orderflow.demo.client.ShopClient;
import dev.orderflow.demo.client.ShopEndpoints;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Suite;
import dev.orderflow.demo.process.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        description = "Starts PostgreSQL, Kafka and all services, or the parts that are named; Ctrl-C or ./demo down"
                + " stops them.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    /** Parts that a catalog and orders need. */
    private static final Set<Part> SHOP = EnumSet.of(Part.ORDER, Part.INVENTORY);

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

    @Option(
            names = "--secure",
            description = "Have Kafka accept only TLS and the services' users, each with the rights that it has in"
                    + " production, and PostgreSQL offer TLS, which services verify. Later starts keep it so.")
    private boolean secure;

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            converter = PartNames.class,
            completionCandidates = PartNames.class,
            description = "Only these: any of ${COMPLETION-CANDIDATES}.")
    private List<Part> parts = List.of();

    UpCommand(TopologySource topologies) {
        this.topologies = topologies;
    }

    @Override
    public Integer call() {
        var commandLine = Optional.ofNullable(spec).orElseThrow().commandLine();
        if (rate < 0) {
            throw new ParameterException(commandLine, "--rate must not be negative");
        }
        var wanted = parts.isEmpty() ? EnumSet.allOf(Part.class) : EnumSet.copyOf(parts);
        if (rate > 0 && !wanted.containsAll(SHOP)) {
            throw new ParameterException(commandLine, "--rate needs order and inventory, which place the orders");
        }
        var out = commandLine.getOut();
        var topology = topologies.get();
        try (var suite = new Suite(topology, new ProgressLines(out))) {
            var stop = new Thread(suite::downIfMine, "stop-suite");
            Runtime.getRuntime().addShutdownHook(stop);
            var begin = Instant.now();
            if (secure) {
                suite.secure();
            }
            suite.up(wanted);
            if (wanted.containsAll(SHOP) && (!topology.secured() || wanted.contains(Part.SANDBOX))) {
                fillCatalog(topology);
            }
            new Welcome(out).print(topology, wanted, Duration.between(begin, Instant.now()), detach);
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

    private static void fillCatalog(Topology topology) {
        try (var shop = new ShopClient(ShopEndpoints.of(topology))) {
            new DemoCatalog(shop).fillIfEmpty();
        }
    }
}
