package dev.orderflow.demo.client.deadletters;

import dev.orderflow.demo.client.admin.AdminEndpoints;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "dead-letters",
        description = "Shows what failed permanently and why; replays or discards it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class DeadLettersCommand {

    private DeadLettersCommand() {}

    /**
     * Builds the command.
     *
     * @param endpoints called when a command runs
     */
    public static CommandLine with(Supplier<AdminEndpoints> endpoints) {
        return new CommandLine(new DeadLettersCommand())
                .addSubcommand(new ListCommand(endpoints))
                .addSubcommand(new SummaryCommand(endpoints))
                .addSubcommand(new ShowCommand(endpoints))
                .addSubcommand(new ReplayCommand(endpoints))
                .addSubcommand(new DiscardCommand(endpoints))
                .addSubcommand(new ReplaysCommand(endpoints))
                .addSubcommand(new CommandLine(new HoldsCommand(endpoints))
                        .addSubcommand(new HoldActionCommand.Resend(endpoints))
                        .addSubcommand(new HoldActionCommand.GiveUp(endpoints)));
    }
}
