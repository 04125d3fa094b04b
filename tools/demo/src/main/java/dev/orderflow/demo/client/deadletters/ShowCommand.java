package dev.orderflow.demo.client.deadletters;

import dev.orderflow.demo.client.admin.AdminEndpoints;
import dev.orderflow.demo.client.admin.Parts;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./demo dead-letters show ID} */
@Command(
        name = "show",
        description = "Shows a dead letter: its cause, its attempts, its headers and its payload.",
        mixinStandardHelpOptions = true)
final class ShowCommand extends LettersCommand {

    @Parameters(paramLabel = "ID", description = "Id of the dead letter or of its event.")
    private @Nullable UUID id;

    ShowCommand(Supplier<AdminEndpoints> endpoints) {
        super(endpoints);
    }

    /** Prints all letters of the id. An event that is dead in two services has two letters. */
    @Override
    protected int run(Parts parts) {
        var wanted = Optional.ofNullable(id).orElseThrow().toString();
        var answers = ask(parts, letters -> letters.find(wanted));
        answers.byPart()
                .forEach((part, found) -> found.ifPresent(letter -> new Portrait(out()).print(part.label(), letter)));
        var nobody = reportAway(answers) == 1;
        var isFound = answers.all().anyMatch(Optional::isPresent);
        if (!isFound && !nobody) {
            err().println("There is no dead letter " + wanted + ".");
        }
        return isFound ? 0 : 1;
    }
}
