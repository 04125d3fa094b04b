package dev.orderflow.demo.client.deadletters;

import dev.orderflow.demo.client.admin.AdminEndpoints;
import dev.orderflow.demo.client.admin.Parts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Applies an action to waiting events at every service; a service ignores ids it does not know. */
abstract class HoldActionCommand extends LettersCommand {

    @Parameters(
            paramLabel = "EVENT",
            arity = "1..*",
            description = "Ids of events, as listed by ./demo dead-letters holds.")
    private List<UUID> events = List.of();

    HoldActionCommand(Supplier<AdminEndpoints> endpoints) {
        super(endpoints);
    }

    /** Requests the action from a service. */
    abstract HeldEffect act(DeadLetters letters, List<UUID> ids);

    /** Describes the service's response for people. */
    abstract String told(HeldEffect effect);

    /**
     * Validates the options.
     *
     * @throws picocli.CommandLine.ParameterException if one is wrong
     */
    void check() {
        // By default there is nothing to validate.
    }

    @Override
    protected int run(Parts parts) {
        check();
        var answers = ask(parts, letters -> act(letters, events));
        answers.byPart().forEach((part, effect) -> {
            if (effect.isAny()) {
                out().println(part.label() + " " + told(effect));
            }
        });
        var nobody = reportAway(answers) == 1;
        var isDone = answers.all().anyMatch(HeldEffect::isAny);
        if (!isDone && !nobody) {
            err().println("None of these events waits; nothing was done.");
        }
        return isDone ? 0 : 1;
    }

    /** {@code ./demo dead-letters holds resend} */
    @Command(
            name = "resend",
            description = "Sends events on a retry topic again. An event takes effect once, however often it is sent.",
            mixinStandardHelpOptions = true)
    static final class Resend extends HoldActionCommand {

        Resend(Supplier<AdminEndpoints> endpoints) {
            super(endpoints);
        }

        @Override
        HeldEffect act(DeadLetters letters, List<UUID> ids) {
            return letters.actOnHolds("resend", Map.of("ids", ids));
        }

        @Override
        String told(HeldEffect effect) {
            return String.format(
                    Locale.ROOT,
                    "has sent %s again; %s behind a dead letter now; %s created.",
                    Counted.events(effect.count(effect.resent())),
                    waits(effect.count(effect.parked())),
                    Counted.letters(effect.count(effect.dead())));
        }

        private static String waits(int events) {
            return Counted.events(events) + (events == 1 ? " waits" : " wait");
        }
    }

    /** {@code ./demo dead-letters holds give-up} */
    @Command(
            name = "give-up",
            description = "Gives up waiting events: they will have no effect, and those behind them are released.",
            mixinStandardHelpOptions = true)
    static final class GiveUp extends HoldActionCommand {

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "Reason; kept in the audit trail.")
        private String reason = "";

        GiveUp(Supplier<AdminEndpoints> endpoints) {
            super(endpoints);
        }

        @Override
        void check() {
            if (reason.isBlank()) {
                throw wrong("--reason must not be blank");
            }
        }

        @Override
        HeldEffect act(DeadLetters letters, List<UUID> ids) {
            return letters.actOnHolds("give-up", Map.of("ids", ids, "reason", reason));
        }

        @Override
        String told(HeldEffect effect) {
            return String.format(
                    Locale.ROOT,
                    "has given up %s; %s held behind are released.",
                    Counted.events(effect.count(effect.givenUp())),
                    Counted.events(effect.count(effect.released())));
        }
    }
}
