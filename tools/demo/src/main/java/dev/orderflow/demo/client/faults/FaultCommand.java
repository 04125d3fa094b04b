package dev.orderflow.demo.client.faults;

import dev.orderflow.demo.client.admin.AdminEndpoints;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "fault",
        description = "Breaks the payment provider, a handler or a topic on purpose.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class FaultCommand {

    private FaultCommand() {}

    /**
     * Builds the command.
     *
     * @param endpoints called when a command runs
     */
    public static CommandLine with(Supplier<AdminEndpoints> endpoints) {
        return new CommandLine(new FaultCommand())
                .addSubcommand(new ProviderCommand(endpoints))
                .addSubcommand(new HandlerCommand(endpoints))
                .addSubcommand(new PoisonCommand(endpoints))
                .addSubcommand(new RedeliverCommand(endpoints))
                .addSubcommand(new ListFaultsCommand(endpoints))
                .addSubcommand(new ClearCommand(endpoints));
    }
}
