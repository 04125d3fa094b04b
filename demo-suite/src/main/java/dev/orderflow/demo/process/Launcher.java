package dev.orderflow.demo.process;

import dev.orderflow.local.Folders;
import dev.orderflow.local.KafkaServer;
import dev.orderflow.local.KafkaSettings;
import dev.orderflow.local.PostgresServer;
import dev.orderflow.local.PostgresSettings;
import dev.orderflow.local.RecordedProcess;
import dev.orderflow.local.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Starts one process of the suite. */
final class Launcher {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(150);

    private final Topology topology;

    Launcher(Topology topology) {
        this.topology = topology;
    }

    /**
     * Starts {@code part} and returns when it is ready; {@code launched} learns of its process as soon as there is one.
     *
     * @throws dev.orderflow.local.StartFailedException with the end of its log if it dies or does not get ready
     */
    void start(Part part, Consumer<RecordedProcess> launched) {
        switch (part) {
            case POSTGRES -> startPostgres(launched);
            case KAFKA -> startKafka(launched);
            case SANDBOX, ORDER, INVENTORY, PAYMENT, NOTIFICATION -> startService(part, launched);
        }
    }

    /** Runs {@code ./demo load} from the class path of this program. */
    Optional<RecordedProcess> startLoad(int perSecond) {
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(topology.jvmOptions());
        command.addAll(List.of(
                "-Dorderflow.root=" + topology.root(), "dev.orderflow.demo.Demo", "load", Integer.toString(perSecond)));
        var environment = Map.of("CLASSPATH", System.getProperty("java.class.path"));
        var log = topology.home().resolve("logs/load.log");
        return ServerProcess.launch("load", command, environment, topology.home(), log)
                .recorded();
    }

    private void startPostgres(Consumer<RecordedProcess> launched) {
        var port = topology.ports().of(Part.POSTGRES);
        Folders.createPassable(topology.home());
        Folders.createPassable(topology.data(Part.POSTGRES).getParent());
        var server = new PostgresServer(
                new PostgresSettings(topology.data(Part.POSTGRES), topology.log(Part.POSTGRES), port, true));
        server.start(launched);
        for (var service : Part.services()) {
            server.createDatabase(service.database(), service.database());
        }
    }

    private void startKafka(Consumer<RecordedProcess> launched) {
        var port = topology.ports().of(Part.KAFKA);
        new KafkaServer(new KafkaSettings(topology.data(Part.KAFKA), topology.log(Part.KAFKA), port)).start(launched);
    }

    private void startService(Part part, Consumer<RecordedProcess> launched) {
        var program = new Programs(topology.programs()).unpack(topology.jar(part));
        // Once more: whoever took a port since would answer in place of the service and make it look ready.
        topology.ports().requireFree(List.of(part));
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(topology.jvmOptions());
        command.addAll(List.of("-Dspring.main.banner-mode=off", program.mainClass()));
        var environment = topology.environmentOf(part);
        environment.put("CLASSPATH", program.classPath());
        var process = ServerProcess.launch(part.label(), command, environment, topology.home(), topology.log(part));
        process.recorded().ifPresent(launched);
        try (var health = new Health()) {
            process.awaitReady(() -> health.isReady(topology.managementUri(part)), START_TIMEOUT);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
