package dev.orderflow.bench;

import dev.orderflow.bench.bus.BusBenchmark;
import dev.orderflow.bench.consume.ConsumeBenchmark;
import dev.orderflow.bench.flow.FlowBenchmark;
import dev.orderflow.bench.flow.OverloadBenchmark;
import dev.orderflow.bench.flow.SaleBenchmark;
import dev.orderflow.bench.flow.TracingBenchmark;
import dev.orderflow.bench.growth.GrowthBenchmark;
import dev.orderflow.bench.jmh.JmhBenchmark;
import dev.orderflow.bench.latency.LatencyBenchmark;
import dev.orderflow.bench.place.PlaceBenchmark;
import dev.orderflow.bench.relay.RelayBenchmark;
import dev.orderflow.bench.relay.WireBenchmark;
import dev.orderflow.bench.retries.RetriesBenchmark;
import dev.orderflow.bench.rules.RulesBenchmark;
import dev.orderflow.bench.schedule.ScheduleBenchmark;
import dev.orderflow.bench.smoke.SmokeCommand;
import dev.orderflow.bench.start.StartBenchmark;
import dev.orderflow.bench.storm.StormBenchmark;
import dev.orderflow.bench.tenants.TenantsBenchmark;
import dev.orderflow.local.StartFailedException;
import java.io.UncheckedIOException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Main class of {@code ./bench}. */
@Command(
        name = "./bench",
        description = "Measures Orderflow on this machine against a baseline of the same run.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) {
        // Initializes logging in one thread; concurrent initialization logs warnings.
        LoggerFactory.getILoggerFactory();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Bench())
                .addSubcommand(new BusBenchmark())
                .addSubcommand(new ConsumeBenchmark())
                .addSubcommand(new FlowBenchmark())
                .addSubcommand(new GrowthBenchmark())
                .addSubcommand(new JmhBenchmark())
                .addSubcommand(new LatencyBenchmark())
                .addSubcommand(new ListCommand())
                .addSubcommand(new OverloadBenchmark())
                .addSubcommand(new PlaceBenchmark())
                .addSubcommand(new RelayBenchmark())
                .addSubcommand(new RetriesBenchmark())
                .addSubcommand(new RulesBenchmark())
                .addSubcommand(new SaleBenchmark())
                .addSubcommand(new ScheduleBenchmark())
                .addSubcommand(new SmokeCommand())
                .addSubcommand(new StartBenchmark())
                .addSubcommand(new StormBenchmark())
                .addSubcommand(new TenantsBenchmark())
                .addSubcommand(new TracingBenchmark())
                .addSubcommand(new WireBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> explain(failure, commandLine));
    }

    /**
     * Prints one sentence about a broken promise or a server that does not start; any other failure is a bug and gets
     * its stack trace.
     */
    private static int explain(Exception failure, CommandLine commandLine) throws Exception {
        switch (failure) {
            case BrokenPromiseException e -> commandLine.getErr().println(e.getMessage());
            case StartFailedException e -> commandLine.getErr().println(e.getMessage());
            case UncheckedIOException e -> commandLine.getErr().println(e.getMessage());
            default -> throw failure;
        }
        return 1;
    }
}
