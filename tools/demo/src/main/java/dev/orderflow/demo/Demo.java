package dev.orderflow.demo;

import dev.orderflow.demo.client.EraseCommand;
import dev.orderflow.demo.client.ExportCommand;
import dev.orderflow.demo.client.OrderCommand;
import dev.orderflow.demo.client.RefusedException;
import dev.orderflow.demo.client.ShopAwayException;
import dev.orderflow.demo.client.ShopEndpoints;
import dev.orderflow.demo.client.admin.AdminEndpoints;
import dev.orderflow.demo.client.deadletters.DeadLettersCommand;
import dev.orderflow.demo.client.faults.FaultCommand;
import dev.orderflow.demo.client.replay.ReplayCommand;
import dev.orderflow.demo.compose.ComposeAddresses;
import dev.orderflow.demo.compose.ComposeProject;
import dev.orderflow.demo.compose.ComposeSuite;
import dev.orderflow.demo.kubernetes.Kubectl;
import dev.orderflow.demo.kubernetes.KubernetesAddresses;
import dev.orderflow.demo.process.Addresses;
import dev.orderflow.demo.process.DemoException;
import dev.orderflow.demo.process.Ports;
import dev.orderflow.demo.process.Processes;
import dev.orderflow.demo.process.Progress;
import dev.orderflow.demo.process.Suite;
import dev.orderflow.demo.process.Topology;
import dev.orderflow.demo.terminal.ForeignText;
import dev.orderflow.demo.terminal.TerminalWriter;
import dev.orderflow.local.StartFailedException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Main class of {@code ./demo}. */
@Command(
        name = "./demo",
        description = "Runs Orderflow on this machine, with a real PostgreSQL and a real Kafka, and lets you break it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Demo implements SuiteSource {

    private final TopologySource topologies;
    private final Supplier<ComposeProject> compose;

    @Option(
            names = "--target",
            description =
                    "Environment of the suite: ${COMPLETION-CANDIDATES} (processes of this machine, containers of docker-compose.yml, or a cluster with forwarded ports); default: ${DEFAULT-VALUE}.")
    private Target target = Target.local;

    /** Environments in which a suite can run, spelled as on the command line. */
    enum Target {
        local,
        compose,
        kubernetes
    }

    private Demo(TopologySource topologies, Supplier<ComposeProject> compose) {
        this.topologies = topologies;
        this.compose = compose;
    }

    public static void main(String[] arguments) {
        // Initializes logging in one thread; concurrent initialization logs warnings.
        LoggerFactory.getILoggerFactory();
        System.exit(guarded(commandLine()).execute(arguments));
    }

    /** Removes control sequences from all output: no colours of its own, and none from foreign text. */
    static CommandLine guarded(CommandLine commandLine) {
        return commandLine
                .setOut(TerminalWriter.around(commandLine.getOut()))
                .setErr(TerminalWriter.around(commandLine.getErr()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    }

    /** Returns the program's commands and options, for the suite that the environment describes. */
    public static CommandLine commandLine() {
        var root = Path.of(System.getProperty("orderflow.root", ""));
        return commandLine(
                () -> Topology.fromEnvironment(Topology.findRoot(root), System.getenv()),
                () -> new ComposeProject(Topology.findRoot(root)));
    }

    static CommandLine commandLine(TopologySource topologies, Supplier<ComposeProject> compose) {
        var demo = new Demo(topologies, compose);
        return new CommandLine(demo)
                .addSubcommand(new UpCommand(demo::local))
                .addSubcommand(new DownCommand(demo::local))
                .addSubcommand(new OrderCommand(() -> ShopEndpoints.of(demo.addresses()), demo::program))
                .addSubcommand(new ReplayCommand(() -> ShopEndpoints.of(demo.addresses())))
                .addSubcommand(new ExportCommand(() -> ShopEndpoints.of(demo.addresses())))
                .addSubcommand(new EraseCommand(() -> ShopEndpoints.of(demo.addresses())))
                .addSubcommand(new TokenCommand(demo))
                .addSubcommand(new KillCommand(demo))
                .addSubcommand(new StartCommand(demo))
                .addSubcommand(new StatusCommand(demo))
                .addSubcommand(DeadLettersCommand.with(() -> AdminEndpoints.of(demo.addresses())))
                .addSubcommand(FaultCommand.with(() -> AdminEndpoints.of(demo.addresses())))
                .addSubcommand(new VerifyCommand(demo::addresses))
                .addSubcommand(new TrainCommand(demo::local))
                .addSubcommand(new LoadCommand(demo::local))
                .addSubcommand(new PracticeCommand(demo::local))
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> explain(failure, commandLine));
    }

    @Override
    public String program() {
        return switch (target) {
            case local -> "./demo";
            case compose -> "./demo --target compose";
            case kubernetes -> "./demo --target kubernetes";
        };
    }

    @Override
    public Addresses addresses() {
        return switch (target) {
            case local -> topologies.get();
            case compose -> new ComposeAddresses(compose.get());
            case kubernetes ->
                new KubernetesAddresses(
                        Ports.fromEnvironment(System.getenv()),
                        new Kubectl(System.getenv().getOrDefault("KUBECTL", "kubectl")));
        };
    }

    @Override
    public Processes processes(Progress progress) {
        return switch (target) {
            case local -> new Suite(topologies.get(), progress);
            case compose -> new ComposeSuite(compose.get(), progress);
            case kubernetes ->
                throw new DemoException(
                        "Use kubectl instead: kubectl -n orderflow get pods,"
                                + " or kubectl -n orderflow delete pod --grace-period=0 --force POD, which restarts by itself.");
        };
    }

    /** Returns the local suite's topology, for commands that need processes of this machine. */
    private Topology local() {
        return switch (target) {
            case local -> topologies.get();
            case compose ->
                throw new DemoException("Use Docker instead: docker compose up --build --wait starts the suite,"
                        + " docker compose down stops it; --volumes deletes its data, too.");
            case kubernetes ->
                throw new DemoException("Use kubectl instead: kubectl apply -k k8s/overlays/local starts the suite,"
                        + " kubectl delete -k k8s/overlays/local deletes it with its data.");
        };
    }

    /** Prints one sentence about a failure that the user can correct; any other is a bug and gets its stack trace. */
    private static int explain(Exception failure, CommandLine commandLine) throws Exception {
        switch (failure) {
            case DemoException e -> commandLine.getErr().println(e.getMessage());
            case StartFailedException e -> commandLine.getErr().println(e.getMessage());
            case RefusedException e -> commandLine.getErr().println(ForeignText.line(e.getMessage()));
            case ShopAwayException e ->
                commandLine.getErr().println(ForeignText.line(e.getMessage()) + e.advice("./demo"));
            case UncheckedIOException e ->
                commandLine.getErr().println(e.getMessage() + "; check free disk space and the folder's owner");
            default -> throw failure;
        }
        return 1;
    }
}
