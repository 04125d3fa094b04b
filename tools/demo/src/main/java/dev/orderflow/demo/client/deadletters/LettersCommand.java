package dev.orderflow.demo.client.deadletters;

import dev.orderflow.demo.client.admin.AdminCommand;
import dev.orderflow.demo.client.admin.AdminEndpoints;
import dev.orderflow.demo.client.admin.Answers;
import dev.orderflow.demo.client.admin.PartApi;
import dev.orderflow.demo.client.admin.Parts;
import dev.orderflow.demo.client.admin.ServiceNames;
import dev.orderflow.demo.process.Part;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Command that addresses one service, or all of them. */
abstract class LettersCommand extends AdminCommand {

    @Option(
            names = "--service",
            paramLabel = "NAME",
            converter = ServiceNames.class,
            completionCandidates = ServiceNames.class,
            description = "One of ${COMPLETION-CANDIDATES}; default: all.")
    private @Nullable Part service;

    LettersCommand(Supplier<AdminEndpoints> endpoints) {
        super(endpoints);
    }

    final List<PartApi> asked(Parts parts) {
        return service == null ? parts.services() : List.of(parts.service(service));
    }

    final <T> Answers<T> ask(Parts parts, Function<DeadLetters, T> question) {
        return Parts.ask(asked(parts), api -> question.apply(new DeadLetters(api)));
    }
}
