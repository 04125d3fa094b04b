package dev.orderflow.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.orderflow.demo.Demo;
import dev.orderflow.demo.process.Topology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Tests that the {@code ./demo} and {@code ./bench} commands in documents exist, with their options. */
class DocumentedCommandsTests {

    @ParameterizedTest
    @MethodSource("runnable")
    void aCommandOfABlockIsAccepted(DocumentedCommand command) {
        assertThatCode(() -> program(command).parseArgs(command.arguments().toArray(String[]::new)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("others")
    void aCommandWithPlaceholdersNamesWhatExists(DocumentedCommand command) {
        assertThat(CommandNames.unknown(program(command), command.arguments())).isEmpty();
    }

    @Test
    void commandsAreFoundInBlocksAndSentences(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("docs"));
        Files.createDirectories(folder.resolve("eventing"));
        Files.writeString(folder.resolve("CONTRIBUTING.md"), "");
        Files.writeString(folder.resolve("README.md"), """
                See `./demo order [--sku S]`.
                ```bash
                ./demo kill payment   # breaks it
                ```
                ```console
                $ ORDER_PORT=1 ./bench relay --events 5 | tee log
                ./demo printed
                ```
                """);

        assertThat(DocumentedCommand.findAll(folder))
                .extracting(DocumentedCommand::toString)
                .containsExactly(
                        "README.md:1: ./demo order [--sku S]",
                        "README.md:3: ./demo kill payment",
                        "README.md:6: ./bench relay --events 5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ordr", "order --skew 1", "dead-letters holds resent", "kill --now NAME"})
    void unknownNamesAreFound(String line) {
        assertThat(CommandNames.unknown(Demo.commandLine(), Arrays.asList(line.split(" "))))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "order [--sku S --quantity N] [--card decline]",
                "dead-letters …",
                "dead-letters holds resend|give-up EVENT",
                "--target compose kill NAME",
                "up [--detach] [--rate N]"
            })
    void placeholdersAreNotMistakenForCommands(String line) {
        assertThat(CommandNames.unknown(Demo.commandLine(), Arrays.asList(line.split(" "))))
                .isEmpty();
    }

    static Stream<DocumentedCommand> runnable() {
        return documented().filter(command -> command.inBlock() && !command.hasPlaceholder());
    }

    static Stream<DocumentedCommand> others() {
        return documented().filter(command -> !command.inBlock() || command.hasPlaceholder());
    }

    /** The documented commands, except those of the scripts themselves. */
    private static Stream<DocumentedCommand> documented() {
        return DocumentedCommand.findAll(Topology.findRoot(Path.of(""))).stream()
                .filter(command -> !command.arguments().equals(List.of("java-home")));
    }

    private static CommandLine program(DocumentedCommand command) {
        return command.program().equals("./demo") ? Demo.commandLine() : Bench.commandLine();
    }
}
