package dev.orderflow.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the example consumer with records that are not what it expects, on a topic of its own. */
@SystemTest
class ForeignRecordsIT {

    private static final String PAID = "dev.orderflow.order.paid.v1";
    private static final String CANCELLED = "dev.orderflow.order.cancelled.v1";

    private final String topic = "order-events-" + UUID.randomUUID();
    private final String order = UUID.randomUUID().toString();
    private final RunningSuite suite;
    private final KafkaProducer<String, byte[]> producer;

    @TempDir
    Path folder;

    private Path document;

    ForeignRecordsIT(RunningSuite suite) {
        this.suite = suite;
        this.producer = new KafkaProducer<>(
                EventTopics.producerSettings(suite.topology().bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @BeforeAll
    static void assumeNode() {
        ForeignConsumer.assumeNode();
    }

    @BeforeEach
    void createTopicAndDocument() throws IOException, ExecutionException, InterruptedException {
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", suite.topology().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        var text = Files.readString(Path.of("../../docs/asyncapi.json"), UTF_8);
        document = folder.resolve("asyncapi.json");
        Files.writeString(document, text.replace("\"address\": \"order-events\"", "\"address\": \"" + topic + "\""));
    }

    @AfterEach
    void close() {
        producer.close();
    }

    @Test
    void whatItDoesNotKnowStopsNothing() {
        send(headers(PAID, 1), paid());
        send(headers("dev.orderflow.order.gifted.v1", 2), "{}");
        send(headers(CANCELLED, 3), "{\"orderId\": ");
        send(headers(CANCELLED, 3), "{\"orderId\": \"" + order + "\"}");
        send(headers(CANCELLED, 3), null);
        send(Map.of(), cancelled());
        var forged = headers(CANCELLED, 3);
        forged.put("ce_source", "elsewhere");
        send(forged, cancelled());
        var hostile = headers("\u001b[31mred", 3);
        send(hostile, cancelled());
        send(headers(PAID, 1), paid());
        send(headers(CANCELLED, 2), cancelled());

        try (var consumer = consumer()) {
            Eventually.await()
                    .untilAsserted(() -> assertThat(consumer.statuses()).isEqualTo(Map.of(order, "CANCELLED")));
            assertThat(consumer.sequencesOf(order)).containsExactly(1, 2);
            assertThat(consumer.printed())
                    .contains("skipped=unknown-type", "skipped=invalid")
                    .doesNotContain("\u001b");
        }
    }

    @Test
    void aMissingEventIsReported() {
        send(headers(PAID, 1), paid());
        send(headers(CANCELLED, 3), cancelled());

        try (var consumer = consumer()) {
            Eventually.await()
                    .untilAsserted(() -> assertThat(consumer.printed()).contains("missing=event"));
        }
    }

    @Test
    void itStopsAtANewVersionOfAFactThatItFollows() {
        send(headers(PAID, 1), paid());
        send(headers("dev.orderflow.order.cancelled.v9", 2), cancelled());

        try (var consumer = consumer()) {
            Eventually.await()
                    .untilAsserted(() -> assertThat(consumer.exitCode()).isEqualTo(1));
            assertThat(consumer.printed()).contains("dev.orderflow.order.cancelled.v9 is unknown");
        }
    }

    private ForeignConsumer consumer() {
        producer.flush();
        return new ForeignConsumer(document, suite.topology().bootstrapServers(), topic);
    }

    private void send(Map<String, String> headers, @Nullable String value) {
        var record = new ProducerRecord<String, byte[]>(topic, 0, order, value == null ? null : value.getBytes(UTF_8));
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        producer.send(record);
    }

    private Map<String, String> headers(String type, int sequence) {
        var headers = new HashMap<>(Map.of(
                "ce_specversion",
                "1.0",
                "content-type",
                "application/json",
                "ce_id",
                UUID.randomUUID().toString(),
                "ce_type",
                type,
                "ce_source",
                "order-service",
                "ce_subject",
                order,
                "ce_time",
                "2026-11-29T08:00:00Z",
                "ce_sequence",
                Integer.toString(sequence)));
        headers.putAll(Map.of(
                "ce_correlationid",
                order,
                "ce_causationid",
                order,
                "ce_priority",
                "normal",
                "ce_dataschema",
                "http://127.0.0.1/schemas/" + type));
        return headers;
    }

    private String paid() {
        return event(", \"total\": {\"amount\": \"15.30\", \"currency\": \"GBP\"}");
    }

    private String cancelled() {
        return event(", \"reason\": \"OUT_OF_STOCK\"");
    }

    private String event(String more) {
        return String.format(
                Locale.ROOT,
                "{\"orderId\": \"%s\", \"customerId\": \"c\", \"at\": \"2026-11-29T08:00:00Z\"%s}",
                order,
                more);
    }
}
