package dev.orderflow.eventing.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.schemas.ItemEvent.Noted;
import dev.orderflow.eventing.schemas.ItemsApplication.Effects;
import dev.orderflow.eventing.schemas.TypeCircuit.Mode;
import dev.orderflow.eventing.schemas.TypeCircuit.State;
import dev.orderflow.eventing.test.RealInfrastructure;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.transaction.support.TransactionTemplate;

/** Invalid events between a publisher, a broker and a consumer. */
@RealInfrastructure
@SpringBootTest(
        classes = {ItemsApplication.class, ItemRoles.NewConsumer.class},
        properties = {
            "eventing.group=schemas",
            "eventing.schemas.circuit.failures=5",
            "eventing.schemas.circuit.pause=2s",
            "eventing.schemas.circuit.probes=2"
        })
@DirtiesContext
class SchemasIT {

    @Autowired
    EventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Effects effects;

    @Autowired
    TypeCircuits circuits;

    private final String item = UUID.randomUUID().toString();

    @BeforeEach
    void createTable() {
        effects.createTable();
    }

    @Test
    void anInvalidEventFailsTheTransactionThatPublishesIt() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    effects.add(item, "in the transaction");
                    events.publish(new Noted(item, "longer than ten"));
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("test.item.noted.v1 violates its schema at /note: ");

        assertThat(effects.of(item)).isEmpty();
    }

    @Test
    void anInvalidEventIsADeadLetterThatNamesThePointer() {
        send(item, ItemEvent.ORDERED_V1, "{\"item\":\"" + item + "\",\"price\":-1}");

        await().untilAsserted(() -> assertThat(letters(item))
                .singleElement()
                .asString()
                .contains("SchemaViolationException")
                .contains("test.item.ordered.v1 violates its schema at /price: "));
        assertThat(effects.of(item)).isEmpty();
    }

    @Test
    void aTypeThatKeepsFailingIsNotParsedUntilItsProbesAreValid() {
        for (var number = 0; number < 5; number++) {
            send(UUID.randomUUID().toString(), ItemEvent.NOTED, "{\"note\":" + number + "}");
        }
        await().until(() -> circuits.of(ItemEvent.NOTED).state() == State.OPEN);
        var raw = "{ \"note\" : \"kept\",  \"item\":\"" + item + "\"}";
        var other = UUID.randomUUID().toString();
        send(item, ItemEvent.NOTED, raw);
        send(item, ItemEvent.ORDERED_V1, ordered(item));
        send(other, ItemEvent.ORDERED_V1, ordered(other));

        await().untilAsserted(() -> assertThat(effects.of(other)).containsExactly("pay 7"));
        await().untilAsserted(() -> assertThat(states(item)).containsExactly("DEAD", "PARKED"));
        assertThat(letters(item)).singleElement().asString().contains("UnparsedEventException");
        assertThat(payload(item)).isEqualTo(raw);
        assertThat(effects.of(item)).as("a later event of the key").isEmpty();

        // Each probe is a new key: an event that comes too early becomes a dead letter.
        await().untilAsserted(() -> {
            var probe = UUID.randomUUID().toString();
            send(probe, ItemEvent.NOTED, "{\"item\":\"" + probe + "\",\"note\":\"probe\"}");
            assertThat(circuits.of(ItemEvent.NOTED).state()).isEqualTo(State.CLOSED);
        });
        var after = UUID.randomUUID().toString();
        send(after, ItemEvent.NOTED, "{\"item\":\"" + after + "\",\"note\":\"well\"}");
        await().untilAsserted(() -> assertThat(effects.of(after)).containsExactly("note well"));
    }

    /** All are in one partition. */
    @Test
    void eventsOfAnOpenTypeWaitInTheirTopicAndDelayNoOtherType() {
        circuits.switchTo(ItemEvent.NOTED, Mode.OPEN);
        var invalid = IntStream.range(0, 1_000)
                .mapToObj(number -> "invalid " + number + " " + item)
                .toList();
        sendAll(invalid.stream()
                .map(key -> message(0, key, ItemEvent.NOTED, "{}"))
                .toList());
        sendAll(List.of(message(0, item, ItemEvent.ORDERED_V1, ordered(item))));

        await().untilAsserted(() -> assertThat(effects.of(item)).containsExactly("pay 7"));
        assertThat(deadAmong(invalid))
                .as("dead letters when the valid event was handled")
                .isLessThan(1_000);

        circuits.switchTo(ItemEvent.NOTED, Mode.CLOSED);
        await().untilAsserted(() -> assertThat(deadAmong(invalid)).isEqualTo(1_000));
        circuits.switchTo(ItemEvent.NOTED, Mode.AUTO);
    }

    private long deadAmong(List<String> keys) {
        return effects.jdbc()
                .sql("SELECT count(*) FROM dead_letter WHERE key = ANY (?)")
                .param(keys.toArray(String[]::new))
                .query(Long.class)
                .single();
    }

    private static String ordered(String item) {
        return "{\"item\":\"" + item + "\",\"price\":7}";
    }

    private List<String> letters(String key) {
        return effects.jdbc()
                .sql("SELECT exception || ' ' || message FROM dead_letter WHERE key = ?")
                .param(key)
                .query(String.class)
                .list();
    }

    private String payload(String key) {
        return effects.jdbc()
                .sql("SELECT convert_from(payload, 'UTF8') FROM dead_letter WHERE key = ?")
                .param(key)
                .query(String.class)
                .single();
    }

    private List<String> states(String key) {
        return effects.jdbc()
                .sql("SELECT state FROM key_hold WHERE key = ? ORDER BY position")
                .param(key)
                .query(String.class)
                .list();
    }

    /** Sends a record as another service might. */
    private static void send(String key, String type, String json) {
        sendAll(List.of(message(null, key, type, json)));
    }

    private static void sendAll(List<ProducerRecord<String, byte[]>> messages) {
        var settings = TestInfrastructure.get().producerSettings();
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            messages.forEach(producer::send);
        }
    }

    private static ProducerRecord<String, byte[]> message(
            @Nullable Integer partition, String key, String type, String json) {
        var message = new ProducerRecord<>(ItemEvent.TOPIC, partition, key, json.getBytes(UTF_8));
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        UUID.randomUUID().toString(),
                        "ce_source",
                        "items",
                        "ce_type",
                        type,
                        "ce_subject",
                        key,
                        "ce_time",
                        Instant.now().toString(),
                        "ce_sequence",
                        "1",
                        "ce_correlationid",
                        key,
                        "content-type",
                        "application/json")
                .forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
        return message;
    }
}
