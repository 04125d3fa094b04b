package dev.orderflow.events.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.orderflow.events.schema.SchemaChange.Verdict;
import java.util.SplittableRandom;
import org.assertj.core.description.TextDescription;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tries what {@link SchemaCompatibility} promises on random records and random changes of them: whatever it accepts, an
 * instance that is valid under the old schema is valid under the new one, and the new record can read it. {@code -Dpairs=N}
 * tries more, {@code -Dpairs.seed=N} others.
 */
class CompatibleRecordsTests {

    private static final int PAIRS = Integer.getInteger("pairs", 150);
    private static final int INSTANCES = 10;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final long seed = Long.getLong("pairs.seed", 20_261_129);
    private final SplittableRandom random = new SplittableRandom(seed);
    private final SchemaGeneration generation = new SchemaGeneration();
    private final SchemaRegistry validators = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    @Test
    void oldInstancesOfAnAcceptedChangeAreValidAndReadable() throws ClassNotFoundException {
        var classes = CompiledRecords.compile("Pairs", pairs());
        var accepted = 0;
        for (var pair = 0; pair < PAIRS; pair++) {
            var before = generation.schema("pair" + pair, classes.loadClass("Pairs$Pair" + pair + "$Old"));
            var newer = classes.loadClass("Pairs$Pair" + pair + "$New");
            var after = generation.schema("pair" + pair, newer);
            if (withoutIdentity(before).equals(withoutIdentity(after))) {
                continue;
            }
            if (SchemaCompatibility.changes(before, after).stream()
                    .noneMatch(change -> change.verdict() == Verdict.REFUSED)) {
                accepted++;
                assertReadable(before, after, newer);
            }
        }
        assertThat(accepted).as("pairs that were accepted, of " + PAIRS).isBetween(PAIRS / 10, PAIRS / 2);
    }

    @Test
    void instancesOfReleasedSchemasAreValidAndReadable() {
        var released = SchemaFiles.RELEASED.read();
        var current = SchemaFiles.CURRENT.read();
        EventCatalog.events().forEach((type, event) -> {
            if (released.containsKey(type)) {
                assertReadable(
                        (ObjectNode) JSON.readTree(released.get(type)),
                        (ObjectNode) JSON.readTree(current.get(type)),
                        event);
            }
        });
    }

    private void assertReadable(ObjectNode before, ObjectNode after, Class<?> newer) {
        var instances = new SchemaInstances(before, random);
        var old = validator(before);
        var now = validator(after);
        for (var i = 0; i < INSTANCES; i++) {
            var instance = instances.next();
            var description = new TextDescription("seed %d\n%s\n%s\n%s", seed, before, after, instance);
            assertThat(old.validate(instance)).as(description).isEmpty();
            assertThat(now.validate(instance)).as(description).isEmpty();
            assertThatCode(() -> JSON.treeToValue(instance, newer))
                    .as(description)
                    .doesNotThrowAnyException();
        }
    }

    /** Leaves out the identity, by which a validator might take the new schema for the old one. */
    private Schema validator(ObjectNode schema) {
        return validators.getSchema(schema.deepCopy().without("$id"));
    }

    private String pairs() {
        var source = new StringBuilder("public final class Pairs {\n");
        for (var pair = 0; pair < PAIRS; pair++) {
            var model = RecordModel.random(random, 2);
            var changed = model.changed(random);
            source.append("public static final class Pair").append(pair).append(" {\n");
            source.append(model.source("Old"));
            source.append(random.nextInt(4) == 0 ? changed.changed(random).source("New") : changed.source("New"));
            source.append("}\n");
        }
        return source.append("}\n").toString();
    }

    private static ObjectNode withoutIdentity(ObjectNode schema) {
        return schema.deepCopy().without("title");
    }
}
