package dev.orderflow.demo.client.deadletters;

import dev.orderflow.demo.client.admin.AdminEndpoints;
import dev.orderflow.demo.client.admin.Parts;
import dev.orderflow.demo.process.Part;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./demo dead-letters discard} */
@Command(
        name = "discard",
        description = "Discards dead letters: they will have no effect, and events held behind them are released.",
        mixinStandardHelpOptions = true)
final class DiscardCommand extends SelectingCommand {

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Reason; kept in the audit trail.")
    private String reason = "";

    DiscardCommand(Supplier<AdminEndpoints> endpoints) {
        super(endpoints);
    }

    @Override
    String action() {
        return "discard";
    }

    @Override
    Map<String, Object> details() {
        if (reason.isBlank()) {
            throw wrong("--reason must not be blank");
        }
        return Map.of("reason", reason);
    }

    @Override
    Optional<Map<String, Object>> selectMany(Selection selection) {
        return selection.hasFilter() ? Optional.of(selection.byFilter()) : Optional.empty();
    }

    @Override
    String ways() {
        return "give a filter such as --type";
    }

    @Override
    String announcement(Effect effect) {
        return String.format(
                Locale.ROOT,
                "discard %s; %s held behind would be released.",
                Counted.letters(effect.letters()),
                Counted.events(effect.followers()));
    }

    @Override
    int act(Parts parts, Map<Part, Map<String, Object>> bodies) {
        var done = ask(parts, bodies, DeadLetters::discard);
        done.byPart()
                .forEach((part, effect) -> out().printf(
                                Locale.ROOT,
                                "%s has discarded %s; %s held behind are released.%n",
                                part.label(),
                                Counted.letters(effect.letters()),
                                Counted.events(effect.followers())));
        return reportAway(done);
    }
}
