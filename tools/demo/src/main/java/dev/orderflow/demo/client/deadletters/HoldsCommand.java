package dev.orderflow.demo.client.deadletters;

import dev.orderflow.demo.client.admin.AdminEndpoints;
import dev.orderflow.demo.client.admin.Parts;
import dev.orderflow.demo.client.admin.Table;
import java.util.LinkedHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./demo dead-letters holds} */
@Command(
        name = "holds",
        description = "Lists events that wait for their next attempt or for an earlier event of their key.",
        mixinStandardHelpOptions = true)
final class HoldsCommand extends LettersCommand {

    @Option(names = "--type", description = "Only events of this type.")
    private @Nullable String type;

    @Option(names = "--topic", description = "Only those published on this topic.")
    private @Nullable String topic;

    @Option(names = "--key", description = "Only those with this key: an order's id.")
    private @Nullable String key;

    @Option(names = "--state", description = "One of RETRYING, HELD, PARKED, DEAD; default: all.")
    private @Nullable String state;

    @Option(names = "--limit", paramLabel = "N", description = "Maximum number per service; default: ${DEFAULT-VALUE}.")
    private int limit = 50;

    HoldsCommand(Supplier<AdminEndpoints> endpoints) {
        super(endpoints);
    }

    @Override
    protected int run(Parts parts) {
        if (limit < 1) {
            throw wrong("--limit must be 1 or more");
        }
        var query = new LinkedHashMap<String, Object>();
        Filter.put(query, "type", type);
        Filter.put(query, "topic", topic);
        Filter.put(query, "key", key);
        Filter.put(query, "state", state);
        var answers = ask(parts, letters -> letters.holds(query, limit));
        var table =
                new Table("service", "event", "state", "since", "level", "due", "attempts", "type", "key", "waits for");
        answers.byPart()
                .forEach((part, holds) -> holds.forEach(hold -> table.row(
                        part.label(),
                        hold.eventId(),
                        hold.state(),
                        hold.since(),
                        hold.level(),
                        hold.due(),
                        hold.attempts(),
                        hold.type(),
                        hold.key(),
                        hold.waitsFor())));
        if (table.isEmpty() && !answers.isEmpty()) {
            out().println("No waiting events.");
        } else if (!answers.isEmpty()) {
            table.print(out());
        }
        return reportAway(answers);
    }
}
