package dev.orderflow.bench;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Resolves a command line of a document against a program's subcommands and options, ignoring values. */
final class CommandNames {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z-]*");

    private CommandNames() {}

    /** Returns the subcommands and options that {@code program} does not have. */
    static List<String> unknown(CommandLine program, List<String> arguments) {
        var unknown = new ArrayList<String>();
        var current = program;
        for (var rest = names(arguments).iterator(); rest.hasNext(); ) {
            var name = rest.next();
            if (name.startsWith("-")) {
                option(current, name, rest).ifPresent(unknown::add);
            } else if (current.getSubcommands().containsKey(name)) {
                current = current.getSubcommands().get(name);
            } else if (current.getCommandSpec().positionalParameters().isEmpty()
                    && NAME.matcher(name).matches()
                    && !isSibling(current, name)) {
                unknown.add(name);
            }
        }
        return unknown;
    }

    /** Returns whether {@code name} is an alternative to the command, as in {@code resend|give-up}. */
    private static boolean isSibling(CommandLine command, String name) {
        return command.getParent() != null
                && command.getParent().getSubcommands().containsKey(name);
    }

    /** Consumes the option's value, too. */
    private static Optional<String> option(CommandLine current, String name, Iterator<String> rest) {
        var written = name.replaceFirst("=.*", "");
        if (current.getCommandSpec().negatedOptionsMap().containsKey(written)) {
            return Optional.empty();
        }
        var option = current.getCommandSpec().findOption(written);
        if (option == null) {
            return Optional.of(name);
        }
        if (option.arity().max() > 0 && !name.contains("=") && rest.hasNext()) {
            rest.next();
        }
        return Optional.empty();
    }

    /** Returns the alternatives one after the other, without the marks of a synopsis. */
    private static Stream<String> names(List<String> arguments) {
        return arguments.stream()
                .flatMap(argument -> Stream.of(argument.split("\\\\?\\|")))
                .map(argument -> argument.replaceAll("[\\[\\]…]", ""))
                .filter(argument -> !argument.isEmpty());
    }
}
