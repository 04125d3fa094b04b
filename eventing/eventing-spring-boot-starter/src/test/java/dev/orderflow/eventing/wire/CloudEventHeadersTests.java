package dev.orderflow.eventing.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.uuid.Generators;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPriority;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudEventHeadersTests {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final UUID id = Generators.timeBasedEpochGenerator().generate();
    private final EventMetadata complete = new EventMetadata(
            id,
            id.toString(),
            "test.happened.v1",
            "test",
            "key/1 ü",
            TIME,
            "application/json; charset=utf-8",
            "https://example.com/schemas/test.happened.v1",
            42,
            "flow",
            "request 7",
            "testing",
            "acme",
            EventPriority.HIGH,
            TIME.plusSeconds(30),
            "statement-7",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "vendor=1");

    @Test
    void whatIsWrittenIsRead() {
        assertThat(CloudEventHeaders.read(headers(complete))).isEqualTo(complete);
    }

    @Test
    void everyEventHasACauseAndAPriority() {
        var bare = EventMetadata.of(id, "test.happened.v1", "test", "key", TIME);

        assertThat(CloudEventHeaders.read(headers(bare))).isEqualTo(bare);
        assertThat(headers(bare).toArray()).hasSize(11);
        assertThat(bare.causationId()).isEqualTo(bare.correlationId()).isEqualTo("key");
    }

    @Test
    void theContextOfAnEventIsThatOfItsEffects() {
        var effect = EventMetadata.of(UUID.randomUUID(), "test.followed.v1", "test", "other", TIME)
                .within(complete.toContext());

        assertThat(effect.toContext())
                .isEqualTo(new EventContext(
                        "flow",
                        effect.publishedId(),
                        "testing",
                        "acme",
                        EventPriority.HIGH,
                        complete.deadline(),
                        complete.traceparent(),
                        "vendor=1"));
        assertThat(effect.causationId()).isEqualTo(complete.publishedId());
    }

    @Test
    void onlyTheAttributesThatCloudEventsRequiresAreNeeded() {
        var headers = new RecordHeaders(CloudEventHeaders.of(complete).stream()
                .filter(header -> header.key().matches("ce_(specversion|id|type|source)"))
                .toList());

        var metadata = new ReceivedEvent(headers, null).metadata("record key");

        assertThat(metadata.subject()).isEqualTo("record key");
        assertThat(metadata.correlationId()).isEqualTo("record key");
        assertThat(metadata.causationId()).isEqualTo("record key");
        assertThat(metadata.time()).isNull();
        assertThat(metadata.sequence()).isZero();
        assertThat(metadata.dataContentType()).isEqualTo("application/json");
        assertThat(new ReceivedEvent(headers, null).metadata(null).subject()).isEqualTo(id.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "ce_specversion, 0.3, specversion is '0.3'",
        "ce_specversion, , specversion is missing",
        "ce_id, , id is missing",
        "ce_type, , type is missing",
        "ce_source, , source is missing",
        "ce_time, yesterday, time is 'yesterday'",
        "ce_time, +10000-01-01T00:00:00Z, time is",
        "ce_deadline, soon, deadline is 'soon'",
        "ce_sequence, first, sequence is 'first'",
        "ce_priority, urgent, priority is 'urgent'",
        "content-type, application/avro, datacontenttype is 'application/avro'",
        "content-type, application/json; charset=latin1, datacontenttype is",
    })
    void aMissingOrMalformedAttributeIsNamed(String name, String value, String reason) {
        var headers = headers(complete);
        headers.add(name, value == null ? null : value.getBytes(UTF_8));

        assertThatThrownBy(() -> CloudEventHeaders.read(headers))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageContaining("attribute " + reason);
    }

    @Test
    void anAttributeThatIsTooLongIsNamed() {
        var headers = headers(complete).add("ce_tenantid", "t".repeat(1_001).getBytes(UTF_8));

        assertThatThrownBy(() -> CloudEventHeaders.read(headers))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessage("attribute tenantid has 1001 characters, more than 1000");
    }

    @Test
    void aTraceThatIsTooLongBeginsAgain() {
        var headers = headers(complete).add("traceparent", "0".repeat(201).getBytes(UTF_8));

        assertThat(CloudEventHeaders.read(headers))
                .extracting(EventMetadata::traceparent, EventMetadata::tracestate)
                .containsOnlyNulls();
    }

    @Test
    void aRecordOfSomebodyElseHasNoType() {
        assertThat(CloudEventHeaders.typeOf(new RecordHeaders())).isNull();
    }

    private static Headers headers(EventMetadata metadata) {
        return new RecordHeaders(CloudEventHeaders.of(metadata));
    }
}
