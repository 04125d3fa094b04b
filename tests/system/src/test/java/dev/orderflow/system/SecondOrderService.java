package dev.orderflow.system;

import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.ServiceLauncher;
import dev.orderflow.demo.process.Topology;
import dev.orderflow.demo.token.Tokens;
import dev.orderflow.local.ServerProcess;
import java.nio.file.Path;

/** Another instance of order-service beside that of a suite, with the same database and broker and options of its own. */
final class SecondOrderService implements AutoCloseable {

    private static final Path HOME = Path.of("target/second-order-service");

    private final Shop shop;
    private final ServerProcess process;

    /** Starts the instance and returns when it is ready; later {@code options} of its JVM override those of the suite. */
    SecondOrderService(Topology suite, String... options) {
        var topology =
                suite.elsewhere(HOME, suite.ports().ofAnotherOrderService()).withJvmOptions(options);
        this.process =
                new ServiceLauncher(topology).start(Part.ORDER, launched -> {}).process();
        this.shop = new Shop(topology, Tokens.from(topology.issuer()));
    }

    /** {@return a client of this instance} */
    Shop shop() {
        return shop;
    }

    /** Ends the instance with SIGKILL. */
    @Override
    public void close() {
        shop.close();
        process.process().destroyForcibly().onExit().join();
    }
}
