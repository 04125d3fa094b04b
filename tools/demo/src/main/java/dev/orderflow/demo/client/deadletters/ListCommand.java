package dev.orderflow.demo.client.deadletters;

import dev.orderflow.demo.client.admin.AdminEndpoints;
import dev.orderflow.demo.client.admin.Parts;
import dev.orderflow.demo.client.admin.Table;
import dev.orderflow.demo.process.Part;
import java.util.Comparator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./demo dead-letters list} */
@Command(name = "list", description = "Lists dead letters, newest first.", mixinStandardHelpOptions = true)
final class ListCommand extends LettersCommand {

    @Mixin
    private Filter filter = new Filter();

    @Option(names = "--state", description = "One of DEAD, QUEUED, REPLAYING, REPLAYED, DISCARDED; default: all.")
    private @Nullable String state;

    @Option(names = "--limit", paramLabel = "N", description = "Maximum number; default: ${DEFAULT-VALUE}.")
    private int limit = 50;

    private record Row(Part part, DeadLetter letter) {}

    ListCommand(Supplier<AdminEndpoints> endpoints) {
        super(endpoints);
    }

    @Override
    protected int run(Parts parts) {
        if (limit < 1) {
            throw wrong("--limit must be 1 or more");
        }
        var query = filter.given();
        Filter.put(query, "state", state);
        // One more than requested, to see whether there are more.
        var answers = ask(parts, letters -> letters.list(query, limit + 1));
        var rows = answers.byPart().entrySet().stream()
                .flatMap(answer -> answer.getValue().stream().map(letter -> new Row(answer.getKey(), letter)))
                .sorted(Comparator.comparing((Row row) -> row.letter().diedAt()).reversed())
                .toList();
        var table = new Table("service", "id", "died", "state", "deaths", "behind", "type", "key", "cause");
        rows.stream().limit(limit).forEach(row -> add(row, table));
        if (table.isEmpty() && !answers.isEmpty()) {
            out().println("No dead letters.");
        } else if (!answers.isEmpty()) {
            table.print(out());
        }
        if (rows.size() > limit) {
            out().println("There are more; --limit shows them.");
        }
        return reportAway(answers);
    }

    private static void add(Row row, Table table) {
        var letter = row.letter();
        table.row(
                row.part().label(),
                letter.id(),
                letter.diedAt(),
                letter.state(),
                letter.deaths(),
                letter.heldBehind(),
                letter.type(),
                letter.key(),
                letter.cause());
    }
}
