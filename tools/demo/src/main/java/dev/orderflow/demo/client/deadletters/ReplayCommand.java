package dev.orderflow.demo.client.deadletters;

import dev.orderflow.demo.client.admin.AdminEndpoints;
import dev.orderflow.demo.client.admin.Parts;
import dev.orderflow.demo.process.Part;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./demo dead-letters replay} */
@Command(
        name = "replay",
        description = "Replays dead letters, followed by the events held behind them.",
        mixinStandardHelpOptions = true)
final class ReplayCommand extends SelectingCommand {

    @Option(names = "--all", description = "All dead letters.")
    private boolean all;

    @Option(names = "--rate", paramLabel = "N", description = "At most N per second and service.")
    private @Nullable Integer rate;

    @Option(names = "--wait", description = "Follow the replay until it is over; exit 1 if a letter is dead again.")
    private boolean wait;

    ReplayCommand(Supplier<AdminEndpoints> endpoints) {
        super(endpoints);
    }

    @Override
    String action() {
        return "replay";
    }

    @Override
    Map<String, Object> details() {
        if (rate != null && rate < 1) {
            throw wrong("--rate must be 1 or more");
        }
        return rate == null ? Map.of() : Map.of("ratePerSecond", rate);
    }

    @Override
    Optional<Map<String, Object>> selectMany(Selection selection) {
        if (selection.hasFilter()) {
            return Optional.of(selection.byFilter());
        }
        return all ? Optional.of(selection.all()) : Optional.empty();
    }

    @Override
    String ways() {
        return "give --all, or a filter such as --type";
    }

    @Override
    String announcement(Effect effect) {
        return String.format(
                Locale.ROOT,
                "replay %s; %s held behind would follow.",
                Counted.letters(effect.letters()),
                Counted.events(effect.followers()));
    }

    @Override
    int act(Parts parts, Map<Part, Map<String, Object>> bodies) {
        var started = ask(parts, bodies, DeadLetters::replay);
        started.byPart()
                .forEach((part, replay) -> out().printf(
                                Locale.ROOT,
                                "%s replays %s (replay %s)%n",
                                part.label(),
                                Counted.letters(replay.total()),
                                replay.id()));
        var code = reportAway(started);
        if (wait) {
            var progress = new ReplayProgress(out(), part -> new DeadLetters(parts.service(part)));
            return progress.follow(started.byPart()) ? code : 1;
        }
        out().println("./demo dead-letters replays shows the progress.");
        return code;
    }
}
