package dev.orderflow.system;

import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Ports;
import dev.orderflow.demo.process.ServiceLauncher;
import dev.orderflow.demo.process.Topology;
import dev.orderflow.demo.token.Tokens;
import dev.orderflow.local.FreePort;
import dev.orderflow.local.ServerProcess;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Another instance of order-service beside that of a suite, with the same database and broker and options of its own. */
final class SecondOrderService implements AutoCloseable {

    private static final Path HOME = Path.of("target/second-order-service");
    private static final int MANAGEMENT_OFFSET = 1000;

    private final Shop shop;
    private final ServerProcess process;

    /** Starts the instance and returns when it is ready; later {@code options} of its JVM override those of the suite. */
    SecondOrderService(Topology suite, String... options) {
        var topology = suite.elsewhere(HOME, beside(suite.ports())).withJvmOptions(options);
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

    private static Ports beside(Ports suite) {
        var variables = Arrays.stream(Part.values())
                .collect(Collectors.toMap(Part::portVariable, part -> Integer.toString(suite.of(part))));
        variables.put("SANDBOX_SMTP_PORT", Integer.toString(suite.smtp()));
        variables.put(Part.ORDER.portVariable(), Integer.toString(FreePort.findPair(MANAGEMENT_OFFSET)));
        variables.put("ORDER_GRPC_PORT", Integer.toString(FreePort.find()));
        return Ports.fromEnvironment(variables);
    }
}
