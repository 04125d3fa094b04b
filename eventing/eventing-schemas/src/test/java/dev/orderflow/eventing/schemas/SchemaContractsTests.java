package dev.orderflow.eventing.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.retry.KeyQueues.Move;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.schemas.ItemEvent.Noted;
import dev.orderflow.eventing.schemas.ItemEvent.Ordered;
import dev.orderflow.eventing.schemas.ItemEvent.OrderedV2;
import dev.orderflow.eventing.schemas.TypeCircuit.Mode;
import dev.orderflow.eventing.schemas.TypeCircuit.State;
import dev.orderflow.eventing.wire.UndecodableEventException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaContractsTests {

    private static final TypeCircuit.Settings CIRCUIT =
            new TypeCircuit.Settings(3, Duration.ofMinutes(1), Duration.ofMinutes(1), 1);

    private static final SourceRecord NOTE = new SourceRecord(
            new UUID(0, 1), ItemEvent.TOPIC, 0, 0, "a", ItemEvent.NOTED, new RecordHeaders(), bytes("{}"));

    private final EventSchemas schemas = EventSchemas.onClassPath();
    private final TypeCircuits circuits = new TypeCircuits(schemas.types(), CIRCUIT, () -> 0);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SchemaContracts contracts = contracts(true);
    private final CommittedViolations committed = new CommittedViolations(circuits);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"item\":\"a\"} | /price",
                "{\"item\":\"a\",\"price\":-1} | /price",
                "{\"item\":\"a\",\"price\":\"1\"} | /price",
                "{\"item\":\"\",\"price\":1} | /item",
                "{\"item\":\"a\",\"price\":1.5} | /price",
                "[] | its root"
            })
    void aViolationNamesTypeAndPointer(String data, String pointer) {
        assertThatThrownBy(() -> contracts.check(ItemEvent.ORDERED_V1, bytes(data)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("test.item.ordered.v1 violates its schema at " + pointer + ": ");
        assertThatThrownBy(() -> contracts.read(ItemEvent.ORDERED_V1, bytes(data), ItemEvent.ORDERED_V1))
                .isInstanceOf(SchemaViolationException.class)
                .hasMessageStartingWith("test.item.ordered.v1 violates its schema at " + pointer + ": ");
    }

    @Test
    void dataThatIsNotJsonIsAViolation() {
        assertThatThrownBy(() -> contracts.read(ItemEvent.ORDERED_V1, bytes("{\"item\":"), ItemEvent.ORDERED_V1))
                .isInstanceOf(SchemaViolationException.class)
                .hasMessageContaining("is not JSON");
        var deep = "[".repeat(100_000);
        assertThatThrownBy(() -> contracts.read(ItemEvent.ORDERED_V1, bytes(deep), ItemEvent.ORDERED_V1))
                .isInstanceOf(SchemaViolationException.class);
    }

    @Test
    void validDataIsPassedOnUnchanged() {
        var data = bytes("{\"item\":\"a\",\"price\":1,\"unknown\":[1]}");

        assertThat(contracts.read(ItemEvent.ORDERED_V1, data, ItemEvent.ORDERED_V1))
                .isSameAs(data);
        assertThatCode(() -> contracts.check(ItemEvent.ORDERED_V1, data)).doesNotThrowAnyException();
    }

    /** A price in an unusual notation is not decided by the fast check. */
    @Test
    void whatOnlyTheCompleteValidatorUnderstandsIsValid() {
        var data = bytes("{\"\\u0069tem\":\"a\",\"price\":1}");

        assertThat(contracts.read(ItemEvent.ORDERED_V1, data, ItemEvent.ORDERED_V1))
                .isSameAs(data);
    }

    @Test
    void aTypeWithoutSchemaIsNotChecked() {
        assertThatCode(() -> contracts.check("test.unknown.v1", bytes("no JSON")))
                .doesNotThrowAnyException();
        assertThat(contracts.read("test.unknown.v1", bytes("no JSON"), "test.unknown.v1"))
                .isEqualTo(bytes("no JSON"));
    }

    @Test
    void olderDataIsConvertedForTheHandledVersion() {
        var data = contracts.read(
                ItemEvent.ORDERED_V1, bytes("{\"item\":\"a\",\"price\":7,\"extra\":1.10}"), ItemEvent.ORDERED_V2);

        assertThat(new String(data, UTF_8)).isEqualTo("{\"item\":\"a\",\"extra\":1.10,\"listPrice\":7,\"discount\":0}");
    }

    @Test
    void aDefectiveUpcasterMakesADeadLetterAndDoesNotOpenTheCircuit() {
        var defective = new Upcaster(ItemEvent.ORDERED_V1, ItemEvent.ORDERED_V2, data -> data.put("discount", -1));
        var wrong = contracts(true, defective);
        var data = bytes("{\"item\":\"a\",\"price\":7}");

        for (var time = 0; time < 5; time++) {
            assertThatThrownBy(() -> wrong.read(ItemEvent.ORDERED_V1, data, ItemEvent.ORDERED_V2))
                    .isInstanceOf(UndecodableEventException.class)
                    .hasMessageContaining("cannot be converted to test.item.ordered.v2")
                    .hasMessageContaining("/discount");
        }
        assertThat(circuits.of(ItemEvent.ORDERED_V1).state()).isEqualTo(State.CLOSED);
    }

    @Test
    void afterTooManyInvalidEventsTheirTypeIsNotParsed() {
        for (var time = 0; time < 3; time++) {
            assertThatThrownBy(() -> contracts.read(ItemEvent.NOTED, bytes("{}"), ItemEvent.NOTED))
                    .isInstanceOf(SchemaViolationException.class);
            committed.moved(new Move.Died(NOTE, null, SchemaViolationException.class, "its cause"));
        }

        var valid = bytes("{\"item\":\"a\",\"note\":\"b\"}");
        assertThatThrownBy(() -> contracts.read(ItemEvent.NOTED, valid, ItemEvent.NOTED))
                .isInstanceOf(UnparsedEventException.class)
                .hasMessageContaining("circuit of test.item.noted.v1 is open");
        assertThatCode(() -> contracts.read(
                        ItemEvent.ORDERED_V1, bytes("{\"item\":\"a\",\"price\":1}"), ItemEvent.ORDERED_V1))
                .as("another type")
                .doesNotThrowAnyException();
        assertThat(meters.get("eventing.schemas.unparsed").counter().count()).isEqualTo(1);
        assertThat(meters.get("eventing.schemas.violations")
                        .tags("type", ItemEvent.NOTED, "direction", "consumed")
                        .counter()
                        .count())
                .isEqualTo(3);

        circuits.show(List.of(ItemEvent.NOTED));
        assertThat(new CircuitsHealth(circuits).health().getDetails())
                .containsEntry(ItemEvent.NOTED, new CircuitsHealth.Circuit(State.OPEN, Mode.AUTO));
        circuits.switchTo(ItemEvent.NOTED, Mode.CLOSED);
        assertThat(contracts.read(ItemEvent.NOTED, valid, ItemEvent.NOTED)).isSameAs(valid);
    }

    /** Reads the event as often as attempts to commit its batch fail during an outage. */
    @Test
    void anInvalidEventThatIsReadAgainCountsOnce() {
        for (var time = 0; time < 100; time++) {
            assertThatThrownBy(() -> contracts.read(ItemEvent.NOTED, bytes("{}"), ItemEvent.NOTED))
                    .isInstanceOf(SchemaViolationException.class);
        }
        committed.moved(new Move.Died(NOTE, null, SchemaViolationException.class, "its cause"));
        committed.moved(new Move.Died(NOTE, null, UnparsedEventException.class, "the circuit"));

        assertThat(circuits.of(ItemEvent.NOTED).recentFailures()).isEqualTo(1);
    }

    @Test
    void anEventIsPublishedInItsDeclaredVersions() {
        assertThat(contracts.versionsOf(new OrderedV2("a", 7, 2)))
                .isEqualTo(List.of(new Ordered("a", 5), new OrderedV2("a", 7, 2)));
        assertThat(contracts.versionsOf(new Noted("a", "b"))).isEqualTo(List.of(new Noted("a", "b")));
    }

    @Test
    void checksCanBeSwitchedOff() {
        var unchecked = contracts(false);

        assertThatCode(() -> unchecked.check(ItemEvent.NOTED, bytes("{}"))).doesNotThrowAnyException();
        assertThat(unchecked.read(ItemEvent.NOTED, bytes("{}"), ItemEvent.NOTED))
                .isEqualTo(bytes("{}"));
    }

    private SchemaContracts contracts(boolean validate) {
        return contracts(validate, ItemEvent.UPCASTER);
    }

    private SchemaContracts contracts(boolean validate, Upcaster upcaster) {
        return new SchemaContracts(
                schemas,
                new UpcasterChain(List.of(upcaster)),
                List.of(new PublishedVersions<>(OrderedV2.class, event -> List.of(event.toV1(), event))),
                circuits,
                new SchemaMetrics(meters),
                new SchemasProperties(
                        validate,
                        validate,
                        new SchemasProperties.Circuit(3, Duration.ofMinutes(1), Duration.ofMinutes(1), 1)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
