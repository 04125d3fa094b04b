package dev.orderflow.eventing.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A statement that forgets the schema would reach a table of the application that has the same name. */
class QualifiedSqlTests {

    private static final Pattern CREATED = Pattern.compile("CREATE (?:TABLE|FUNCTION) (\\w+)");
    /** The modules with statements on these tables. */
    private static final List<Path> MODULES =
            List.of(Path.of("src/main/java"), Path.of("../eventing-admin/src/main/java"));

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");

    @Test
    void allSqlNamesTheSchemaOfTheTablesAndFunctionsItUses() throws IOException {
        var names = String.join("|", namesInScripts());
        var unqualified = Pattern.compile("\\b(?:FROM|JOIN|INTO|UPDATE|ONLY|TABLE|PARTITION) (?:" + names
                + ")\\b|(?<![.\\w])outbox_(?:require|is_foreign|adopt|lock_parked)\\(|'(?:" + names
                + ")(?:_id_seq)?'::regclass");

        for (var module : MODULES) {
            try (var files = Files.walk(module)) {
                // A script is applied in the schema, with no application around.
                assertThat(files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("PrintSql.java"))
                                .flatMap(file -> unqualified
                                        .matcher(COMMENT.matcher(read(file)).replaceAll(""))
                                        .results()
                                        .map(found -> file.getFileName() + ": " + found.group())))
                        .isEmpty();
            }
        }
    }

    @Test
    void theScriptsOfAllTablesAreSearchedForNames() {
        assertThat(namesInScripts())
                .contains("outbox", "inbox", "key_hold", "dead_letter", "outbox_require", "upkeep_mark");
    }

    private static List<String> namesInScripts() {
        return SchemaScripts.NAMES.stream()
                .map(name -> SchemaScripts.read(SchemaScripts.FOLDER + "/" + name))
                .flatMap(QualifiedSqlTests::created)
                .distinct()
                .toList();
    }

    private static Stream<String> created(String script) {
        return CREATED.matcher(script).results().map(found -> found.group(1));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
