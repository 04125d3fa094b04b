package dev.orderflow.demo.process;

import dev.orderflow.local.Folders;
import dev.orderflow.local.KafkaServer;
import dev.orderflow.local.KafkaSettings;
import dev.orderflow.local.PostgresServer;
import dev.orderflow.local.PostgresSettings;
import dev.orderflow.local.RecordedProcess;
import dev.orderflow.local.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Starts one process of the suite. */
final class Launcher {

    private final Topology topology;
    private final ServiceLauncher services;

    Launcher(Topology topology) {
        this.topology = topology;
        this.services = new ServiceLauncher(topology);
    }

    /**
     * Starts {@code part} and returns when it is ready; {@code launched} receives its process as soon as there is one.
     *
     * @throws dev.orderflow.local.StartFailedException with the end of its log if it dies or does not become ready
     */
    void start(Part part, Consumer<RecordedProcess> launched) {
        switch (part) {
            case POSTGRES -> startPostgres(launched);
            case KAFKA -> startKafka(launched);
            case SANDBOX, ORDER, INVENTORY, PAYMENT, SHIPPING, LOYALTY, NOTIFICATION -> services.start(part, launched);
        }
    }

    /** Starts {@code ./demo load} in the background. */
    Optional<RecordedProcess> startLoad(int perSecond) {
        return startDemo("load", Integer.toString(perSecond));
    }

    /** Runs a command of {@code ./demo} from the class path of this program. */
    private Optional<RecordedProcess> startDemo(String name, String... arguments) {
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(topology.jvmOptions());
        command.addAll(List.of(
                "-Dorderflow.root=" + topology.root(),
                "-Ddemo.issuer=" + topology.secured(),
                "dev.orderflow.demo.Demo",
                name));
        command.addAll(List.of(arguments));
        var environment = Map.of("CLASSPATH", System.getProperty("java.class.path"));
        var log = topology.home().resolve("logs").resolve(name + ".log");
        return ServerProcess.launch(name, command, environment, topology.home(), log)
                .recorded();
    }

    private void startPostgres(Consumer<RecordedProcess> launched) {
        var port = topology.ports().of(Part.POSTGRES);
        Folders.createPassable(topology.home());
        Folders.createPassable(topology.data(Part.POSTGRES).getParent());
        var server = new PostgresServer(new PostgresSettings(
                topology.data(Part.POSTGRES), topology.log(Part.POSTGRES), port, true, topology.databaseParameters()));
        server.start(launched);
        for (var service : Part.services()) {
            server.createDatabase(service.database(), topology.password(service));
            server.separateOwner(service.database(), topology.ownerPassword(service));
        }
    }

    private void startKafka(Consumer<RecordedProcess> launched) {
        var port = topology.ports().of(Part.KAFKA);
        var security = topology.brokerSecurity();
        var settings = new KafkaSettings(topology.data(Part.KAFKA), topology.log(Part.KAFKA), port).secured(security);
        var server = new KafkaServer(settings);
        server.start(launched);
        if (security.isPresent()) {
            server.grant(ServerSecurity.rights(topology.root()).rights());
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
