package dev.orderflow.eventing.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

class SchemaScriptsTests {

    @Test
    void allScriptsAreListedInTheirOrder() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources", SchemaScripts.FOLDER))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .sorted(Comparator.comparingInt(SchemaScripts::version)))
                    .containsExactlyElementsOf(SchemaScripts.NAMES);
        }
    }

    @Test
    void eachCanBeRead() {
        assertThat(SchemaScripts.NAMES)
                .allSatisfy(name -> assertThat(SchemaScripts.read(SchemaScripts.FOLDER + "/" + name))
                        .isNotBlank());
    }
}
