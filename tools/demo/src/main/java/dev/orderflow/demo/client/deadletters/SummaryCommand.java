package dev.orderflow.demo.client.deadletters;

import dev.orderflow.demo.client.admin.AdminEndpoints;
import dev.orderflow.demo.client.admin.Parts;
import dev.orderflow.demo.client.admin.Table;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/** {@code ./demo dead-letters summary} */
@Command(name = "summary", description = "Counts dead letters by cause.", mixinStandardHelpOptions = true)
final class SummaryCommand extends LettersCommand {

    SummaryCommand(Supplier<AdminEndpoints> endpoints) {
        super(endpoints);
    }

    @Override
    protected int run(Parts parts) {
        var answers = ask(parts, DeadLetters::summary);
        var table = new Table("service", "count", "state", "first", "last", "type", "handler", "cause");
        answers.byPart()
                .forEach((part, groups) -> groups.forEach(group -> table.row(
                        part.label(),
                        group.count(),
                        group.state(),
                        group.first(),
                        group.last(),
                        group.type(),
                        group.handler(),
                        group.rootCause() == null ? group.exception() : group.rootCause())));
        if (table.isEmpty() && !answers.isEmpty()) {
            out().println("No dead letters.");
        } else if (!answers.isEmpty()) {
            table.print(out());
        }
        return reportAway(answers);
    }
}
