package dev.orderflow.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command line in a document.
 *
 * @param place file and line
 * @param program such as {@code ./demo}
 * @param arguments as written, possibly with placeholders
 * @param inBlock whether it is a line of a block of commands rather than mentioned in a sentence
 */
record DocumentedCommand(String place, String program, List<String> arguments, boolean inBlock) {

    private static final Pattern IN_BLOCK =
            Pattern.compile("^(?:\\$ )?(?:\\w+=\\S+ )*(\\./(?:demo|bench))((?: [^#|;&>]*)?)");
    private static final Pattern IN_SENTENCE = Pattern.compile("`(\\./(?:demo|bench))([^`]*)`");
    private static final Pattern ARGUMENT = Pattern.compile("\"[^\"]*\"|\\S+");
    private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z][A-Z_]*|.*[…\\[\\]|\\\\].*");

    /** All of README.md, CONTRIBUTING.md and the documents of {@code docs} and {@code eventing}. */
    static List<DocumentedCommand> findAll(Path root) {
        return documents(root).flatMap(file -> in(root, file)).toList();
    }

    /** Returns whether it has a placeholder, so that it cannot run as it is. */
    boolean hasPlaceholder() {
        return arguments.stream()
                .anyMatch(argument -> PLACEHOLDER.matcher(argument).matches());
    }

    @Override
    public String toString() {
        return place + ": " + program + " " + String.join(" ", arguments);
    }

    private static Stream<DocumentedCommand> in(Path root, Path file) {
        var found = new ArrayList<DocumentedCommand>();
        var lines = lines(file);
        var language = "";
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var place = root.relativize(file) + ":" + (i + 1);
            if (line.startsWith("```")) {
                language = language.isEmpty() ? line.substring(3).strip() + " " : "";
            } else if (language.isEmpty()) {
                IN_SENTENCE
                        .matcher(line)
                        .results()
                        .forEach(match -> found.add(of(place, match.group(1), match.group(2), false)));
            } else if (language.startsWith("bash ") || language.startsWith("console ") && line.startsWith("$ ")) {
                IN_BLOCK.matcher(line)
                        .results()
                        .forEach(match -> found.add(of(place, match.group(1), match.group(2), true)));
            }
        }
        return found.stream();
    }

    private static DocumentedCommand of(String place, String program, String arguments, boolean inBlock) {
        var parts = ARGUMENT.matcher(arguments)
                .results()
                .map(match -> match.group().replace("\"", ""))
                .toList();
        return new DocumentedCommand(place, program, parts, inBlock);
    }

    private static Stream<Path> documents(Path root) {
        return Stream.of(
                        Stream.of(root.resolve("README.md"), root.resolve("CONTRIBUTING.md")),
                        markdown(root.resolve("docs"), 2),
                        markdown(root.resolve("eventing"), 1))
                .flatMap(files -> files);
    }

    private static Stream<Path> markdown(Path folder, int depth) {
        try (var files = Files.walk(folder, depth)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
