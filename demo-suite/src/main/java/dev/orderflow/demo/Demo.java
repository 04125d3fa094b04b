package dev.orderflow.demo;

import dev.orderflow.demo.client.OrderCommand;
import dev.orderflow.demo.client.RefusedException;
import dev.orderflow.demo.client.ShopAwayException;
import dev.orderflow.demo.client.ShopEndpoints;
import dev.orderflow.demo.client.admin.AdminEndpoints;
import dev.orderflow.demo.client.deadletters.DeadLettersCommand;
import dev.orderflow.demo.client.faults.FaultCommand;
import dev.orderflow.demo.client.replay.ReplayCommand;
import dev.orderflow.demo.process.DemoException;
import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.process.Topology;
import dev.orderflow.demo.verify.VerifyCommand;
import dev.orderflow.demo.verify.evidence.Service;
import dev.orderflow.demo.verify.evidence.Sources;
import dev.orderflow.local.StartFailedException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./demo} runs. */
@Command(
        name = "./demo",
        description = "Runs Orderflow on this machine, with a real PostgreSQL and a real Kafka, and lets you break it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Demo {

    private Demo() {}

    public static void main(String[] arguments) {
        // Here, in one thread: logging that is set up by several at once complains.
        LoggerFactory.getILoggerFactory();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        var root = Path.of(System.getProperty("orderflow.root", ""));
        return commandLine(() -> Topology.fromEnvironment(Topology.findRoot(root), System.getenv()));
    }

    static CommandLine commandLine(TopologySource topology) {
        return new CommandLine(new Demo())
                .addSubcommand(new UpCommand(topology))
                .addSubcommand(new DownCommand(topology))
                .addSubcommand(new OrderCommand(() -> shop(topology.get())))
                .addSubcommand(new ReplayCommand(() -> shop(topology.get())))
                .addSubcommand(new KillCommand(topology))
                .addSubcommand(new StartCommand(topology))
                .addSubcommand(new StatusCommand(topology))
                .addSubcommand(DeadLettersCommand.with(() -> AdminEndpoints.of(topology.get())))
                .addSubcommand(FaultCommand.with(() -> AdminEndpoints.of(topology.get())))
                .addSubcommand(new VerifyCommand(() -> evidence(topology.get())))
                .addSubcommand(new TrainCommand(topology))
                .addSubcommand(new LoadCommand(topology))
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> explain(failure, commandLine));
    }

    static ShopEndpoints shop(Topology topology) {
        return new ShopEndpoints(topology.uri(Part.ORDER), topology.uri(Part.INVENTORY));
    }

    static Sources evidence(Topology topology) {
        var databases = new EnumMap<Service, Sources.Database>(Service.class);
        for (var part : Part.services()) {
            var database = new Sources.Database(topology.jdbcUrl(part), part.database(), part.database());
            databases.put(Service.valueOf(part.name()), database);
        }
        return new Sources(databases, topology.bootstrapServers(), topology.uri(Part.SANDBOX));
    }

    /** What the user can do something about is one sentence; all else is a bug and shows where it is. */
    private static int explain(Exception failure, CommandLine commandLine) throws Exception {
        switch (failure) {
            case DemoException e -> commandLine.getErr().println(e.getMessage());
            case StartFailedException e -> commandLine.getErr().println(e.getMessage());
            case RefusedException e -> commandLine.getErr().println(e.getMessage());
            case ShopAwayException e ->
                commandLine.getErr().println(e.getMessage() + "; is the suite up? Try ./demo status");
            case UncheckedIOException e ->
                commandLine.getErr().println(e.getMessage() + ": is the disk full, or the folder someone else's?");
            default -> throw failure;
        }
        return 1;
    }
}
