package dev.orderflow.hub.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.hub.store.RecordReader.Reading;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class RecordReaderTests {

    private static final int LARGEST = 1_000;

    private final RecordReader reader = new RecordReader(
            new StoreProperties("hub", Pattern.compile(".*"), 10, DataSize.ofBytes(LARGEST), Duration.ofSeconds(1)));

    private RecordHeaders headers = event("demo");

    @Test
    void anEventOfItsTopicIsRead() {
        var event = found("order-events", "{\"a\":1}".getBytes(UTF_8), 1_000);

        assertThat(event.metadata().type()).isEqualTo("t.v1");
        assertThat(event.json()).isEqualTo("{\"a\":1}");
        assertThat(event.raw()).isNull();
        assertThat(event.sighting().kind()).isEqualTo("SOURCE");
        assertThat(event.sighting().origin()).isEqualTo("order-events");
        assertThat(event.sighting().recordTime()).isEqualTo(Instant.ofEpochMilli(1_000));
    }

    @Test
    void aCopyOnARetryTopicNamesItsConsumer() {
        add("retry_topic", "order-events");
        add("retry_hop", "2");
        add("retry_due", "5000");

        var sighting = found("payment-service.retry-2", new byte[0], 1).sighting();

        assertThat(sighting.kind()).isEqualTo("RETRY");
        assertThat(sighting.origin()).isEqualTo("order-events");
        assertThat(sighting.copy())
                .isEqualTo(new Sighting.Copy("payment-service", false, 2, Instant.ofEpochMilli(5_000), null, null));
    }

    @Test
    void aDeadLetterNamesItsHandlerAndException() {
        add("dead_topic", "order-events");
        add("dead_handler", "Payments.authorize");
        add("dead_exception", "java.lang.IllegalStateException");

        var sighting = found("payment-service.dlt", new byte[0], 1).sighting();

        assertThat(sighting.kind()).isEqualTo("DEAD");
        assertThat(sighting.copy())
                .isEqualTo(new Sighting.Copy(
                        "payment-service", true, null, null, "Payments.authorize", "java.lang.IllegalStateException"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "99999999999999999999"})
    void aCopyWithUnreadableHeadersIsRead(String value) {
        add("retry_hop", value);
        add("retry_due", value);

        assertThat(found("g.retry-1", new byte[0], 1).sighting().copy())
                .extracting(Sighting.Copy::hop)
                .isNull();
    }

    @Test
    void aRecordWithoutAttributesIsNoEvent() {
        headers = new RecordHeaders();

        assertThat(reader.read(record("order-events", new byte[] {1}, 1))).isEqualTo(new Reading.None("no_event"));
    }

    @ParameterizedTest
    @CsvSource({"ce_specversion, 0.3", "ce_id, ''", "ce_time, yesterday", "content-type, application/cloudevents+avro"})
    void aRecordWithMalformedAttributesIsUndecodable(String name, String value) {
        add(name, value);

        assertThat(reader.read(record("order-events", new byte[] {1}, 1))).isEqualTo(new Reading.None("undecodable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "nope", "{\"a\":1}}"})
    void brokenJsonIsKeptAsBytes(String data) {
        var event = found("order-events", data.getBytes(UTF_8), 1);

        assertThat(event.json()).isNull();
        assertThat(event.raw()).isEqualTo(data.getBytes(UTF_8));
    }

    @Test
    void jsonThatIsTooDeepForTheDatabaseIsKeptAsBytes() {
        assertThat(found("order-events", ("[".repeat(100) + "]".repeat(100)).getBytes(UTF_8), 1)
                        .json())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1e5000,1e-5001]",
                "[1e131071]",
                "[-1.5E-16000]",
                "{\"a\":1e+99999999999999999999}",
                "[1e0000000000000000000001]"
            })
    void jsonWhoseNumbersHaveTooManyDigitsIsKeptAsBytes(String data) {
        var event = found("order-events", data.getBytes(UTF_8), 1);

        assertThat(event.json()).isNull();
        assertThat(event.raw()).isEqualTo(data.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1.5e3,-2E+10,3e-7,0.1,12]", "[1e5000,1e-5000]", "{\"1e99999\":\"1e99999\"}"})
    void otherNumbersAreJson(String data) {
        assertThat(found("order-events", data.getBytes(UTF_8), 1).json()).isEqualTo(data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"})
    void jsonInAnotherEncodingIsKeptAsBytes(String encoding) {
        var data = "{\"a\":1}".getBytes(Charset.forName(encoding));

        var event = found("order-events", data, 1);

        assertThat(event.json()).isNull();
        assertThat(event.raw()).isEqualTo(data);
    }

    @Test
    void anEventThatIsTooLargeIsReadWithoutItsData() {
        var event = found("order-events", new byte[LARGEST + 1], 1);

        assertThat(event.json()).isNull();
        assertThat(event.raw()).isNull();
        assertThat(event.size()).isEqualTo(LARGEST + 1);
    }

    @Test
    void anEventWithoutTenantIsOfTheOnlyOneAndOneOfAnImpossibleTenantIsNobodys() {
        headers = event(null);
        assertThat(found("order-events", new byte[0], 1).tenant()).isEqualTo("demo");
        headers = event("no such tenant");
        assertThat(found("order-events", new byte[0], 1).tenant()).isEqualTo(RecordReader.NO_TENANT);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 253_402_300_799_999L, Long.MAX_VALUE})
    void anyTimeIsStorable(long timestamp) {
        assertThat(found("order-events", new byte[0], timestamp).sighting().recordTime())
                .isBetween(Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59Z"));
    }

    private static RecordHeaders event(String tenant) {
        var metadata = EventMetadata.of(new UUID(0x7000, 1), "t.v1", "s", "k", Instant.EPOCH)
                .within(new EventContext("c", null, null, tenant, EventPriority.NORMAL, null, null, null));
        return new RecordHeaders(CloudEventHeaders.of(metadata));
    }

    private void add(String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private StagedEvent found(String topic, byte[] data, long timestamp) {
        assertThat(reader.read(record(topic, data, timestamp))).isInstanceOf(Reading.Found.class);
        return ((Reading.Found) reader.read(record(topic, data, timestamp))).event();
    }

    private ConsumerRecord<String, byte[]> record(String topic, byte[] data, long timestamp) {
        return new ConsumerRecord<>(
                topic,
                0,
                7,
                timestamp,
                TimestampType.CREATE_TIME,
                1,
                data.length,
                "k",
                data,
                headers,
                Optional.empty());
    }
}
