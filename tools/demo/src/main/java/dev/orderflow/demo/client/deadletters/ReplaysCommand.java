package dev.orderflow.demo.client.deadletters;

import dev.orderflow.demo.client.admin.AdminEndpoints;
import dev.orderflow.demo.client.admin.Parts;
import dev.orderflow.demo.client.admin.Table;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/** {@code ./demo dead-letters replays} */
@Command(name = "replays", description = "Shows the progress of replays.", mixinStandardHelpOptions = true)
final class ReplaysCommand extends LettersCommand {

    ReplaysCommand(Supplier<AdminEndpoints> endpoints) {
        super(endpoints);
    }

    @Override
    protected int run(Parts parts) {
        var answers = ask(parts, DeadLetters::replays);
        var table = new Table(
                "service",
                "id",
                "requested",
                "by",
                "state",
                "rate",
                "total",
                "queued",
                "replaying",
                "replayed",
                "dead again",
                "discarded");
        answers.byPart()
                .forEach((part, replays) -> replays.forEach(replay -> table.row(
                        part.label(),
                        replay.id(),
                        replay.requestedAt(),
                        replay.requestedBy(),
                        replay.state(),
                        replay.ratePerSecond(),
                        replay.total(),
                        replay.queued(),
                        replay.replaying(),
                        replay.replayed(),
                        replay.deadAgain(),
                        replay.discarded())));
        if (table.isEmpty() && !answers.isEmpty()) {
            out().println("No replays.");
        } else if (!answers.isEmpty()) {
            table.print(out());
        }
        return reportAway(answers);
    }
}
