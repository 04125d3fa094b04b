package dev.orderflow.demo.client.deadletters;

import static java.util.stream.Collectors.joining;

import dev.orderflow.demo.client.admin.AdminEndpoints;
import dev.orderflow.demo.client.admin.Answers;
import dev.orderflow.demo.client.admin.Parts;
import dev.orderflow.demo.process.Part;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;

/** Applies an action to selected dead letters, at whichever services have them. */
abstract class SelectingCommand extends LettersCommand {

    @Mixin
    private Selection selection = new Selection();

    SelectingCommand(Supplier<AdminEndpoints> endpoints) {
        super(endpoints);
    }

    /** Returns the action's name in the services' API. */
    abstract String action();

    /** Returns the action's parameters besides the selection. */
    abstract Map<String, Object> details();

    /** Describes {@code effect} in a dry run. */
    abstract String announcement(Effect effect);

    /** Applies the action at the services that have matching letters. Returns the exit code. */
    abstract int act(Parts parts, Map<Part, Map<String, Object>> bodies);

    /** Returns the selection made by options other than ids; empty if there is none. */
    abstract Optional<Map<String, Object>> selectMany(Selection selection);

    /** Describes the options that {@link #selectMany} reads, for an error message. */
    abstract String ways();

    @Override
    protected final int run(Parts parts) {
        var many = selectMany(selection);
        var ids = selection.ids();
        if (ids.isEmpty() == many.isEmpty()) {
            throw wrong("Which dead letters? Name their ids, or else " + ways());
        }
        var bodies = new EnumMap<Part, Map<String, Object>>(Part.class);
        if (many.isPresent()) {
            asked(parts).forEach(service -> bodies.put(service.part(), many.get()));
        } else if (!find(parts, ids, bodies)) {
            return 1;
        }
        bodies.values().forEach(body -> body.putAll(details()));
        return announceOrAct(parts, bodies);
    }

    /** Looks for the letters in all services; false if one is in none, or if no service responds. Nothing is done then. */
    private boolean find(Parts parts, List<String> ids, Map<Part, Map<String, Object>> bodies) {
        var answers = ask(
                parts,
                letters -> ids.stream()
                        .flatMap(id -> letters.find(id).stream())
                        .map(DeadLetters.Found::letter)
                        .toList());
        answers.byPart().forEach((part, letters) -> {
            if (!letters.isEmpty()) {
                bodies.put(
                        part,
                        selection.byIds(
                                letters.stream().map(DeadLetter::id).distinct().toList()));
            }
        });
        var missing = ids.stream()
                .filter(id -> answers.all().flatMap(List::stream).noneMatch(letter -> letter.isCalled(id)))
                .collect(joining(", "));
        var nobody = reportAway(answers) == 1;
        if (!missing.isEmpty() && !nobody) {
            err().println("There is no dead letter " + missing + "; nothing was done.");
        }
        return missing.isEmpty() && !nobody;
    }

    private int announceOrAct(Parts parts, Map<Part, Map<String, Object>> bodies) {
        var effects = ask(parts, bodies, (letters, body) -> letters.dryRun(action(), body));
        var code = reportAway(effects);
        bodies.keySet()
                .removeIf(part -> !effects.byPart().containsKey(part)
                        || effects.byPart().get(part).letters() == 0);
        if (bodies.isEmpty()) {
            if (code == 0) {
                out().println("No dead letter matches.");
            }
            return code;
        }
        if (selection.isDryRun()) {
            bodies.keySet()
                    .forEach(part -> out().println(part.label() + " would "
                            + announcement(effects.byPart().get(part))));
            return code;
        }
        return act(parts, bodies);
    }

    static <T> Answers<T> ask(
            Parts parts,
            Map<Part, Map<String, Object>> bodies,
            BiFunction<DeadLetters, Map<String, Object>, T> question) {
        return Parts.ask(
                bodies.keySet().stream().map(parts::service).toList(),
                service ->
                        question.apply(new DeadLetters(service), Objects.requireNonNull(bodies.get(service.part()))));
    }
}
