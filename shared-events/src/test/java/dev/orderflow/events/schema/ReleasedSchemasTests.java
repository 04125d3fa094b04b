package dev.orderflow.events.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.schema.SchemaChange.Verdict;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares each schema with its last released version. A release copies them:
 * {@code mvn -B -pl shared-events -am test -Dtest=ReleasedSchemasTests -Dsurefire.failIfNoSpecifiedTests=false -Dschemas=release}.
 */
class ReleasedSchemasTests {

    private static final Logger LOG = LoggerFactory.getLogger(ReleasedSchemasTests.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void noSchemaBreaksWithItsReleasedVersion() {
        var current = SchemaFiles.CURRENT.read();

        var released = SchemaFiles.RELEASED.read();

        var refusals = released.entrySet().stream()
                .flatMap(it -> sentences(it.getKey(), it.getValue(), current.get(it.getKey())))
                .toList();

        assertThat(released).isNotEmpty();
        assertThat(refusals).as("incompatible changes of released schemas").isEmpty();
        if ("release".equals(System.getProperty("schemas"))) {
            SchemaFiles.RELEASED.write(current);
        }
    }

    @Test
    void anEventThatWasReleasedIsNotForgotten() {
        assertThat(sentences("dev.orderflow.box.packed.v1", "{}", null))
                .containsExactly(
                        "dev.orderflow.box.packed.v1: the event was released and has no schema any more. Keep its"
                                + " record: its events may still be stored, and consumers released before still read them.");
    }

    private static Stream<String> sentences(String type, String released, @Nullable String current) {
        if (current == null) {
            return Stream.of(
                    type + ": the event was released and has no schema any more. Keep its record: its events may"
                            + " still be stored, and consumers released before still read them.");
        }
        var changes = SchemaCompatibility.changes(JSON.readTree(released), JSON.readTree(current));
        changes.stream()
                .filter(change -> change.verdict() == Verdict.CONSUMERS_FIRST)
                .forEach(change -> LOG.warn("{}", change.sentence(type)));
        return changes.stream()
                .filter(change -> change.verdict() == Verdict.REFUSED)
                .map(change -> change.sentence(type));
    }
}
