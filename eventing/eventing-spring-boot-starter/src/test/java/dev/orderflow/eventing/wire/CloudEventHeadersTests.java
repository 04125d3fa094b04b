package dev.orderflow.eventing.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.EventMetadata;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class CloudEventHeadersTests {

    private final EventMetadata complete = new EventMetadata(
            UUID.randomUUID(),
            "test.happened.v1",
            "test",
            "key/1 ü",
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            42,
            "flow",
            UUID.randomUUID(),
            "testing",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    @Test
    void whatIsWrittenIsRead() {
        assertThat(CloudEventHeaders.read(headers(complete))).isEqualTo(complete);
    }

    @Test
    void optionalAttributesMayBeMissing() {
        var bare = new EventMetadata(
                complete.id(), complete.type(), "test", "key", complete.time(), 1, "flow", null, null, null);

        assertThat(CloudEventHeaders.read(headers(bare))).isEqualTo(bare);
        assertThat(headers(bare).toArray()).hasSize(9);
    }

    @Test
    void aMissingOrMalformedAttributeIsNamed() {
        var withoutId = headers(complete);
        withoutId.remove("ce_id");
        assertThatThrownBy(() -> CloudEventHeaders.read(withoutId))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageContaining("ce_id");

        var badTime = headers(complete);
        badTime.remove("ce_time").add("ce_time", "yesterday".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> CloudEventHeaders.read(badTime))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageContaining("yesterday");
    }

    @Test
    void aRecordOfSomebodyElseHasNoType() {
        assertThat(CloudEventHeaders.typeOf(new RecordHeaders())).isNull();
    }

    private static Headers headers(EventMetadata metadata) {
        return new RecordHeaders(CloudEventHeaders.of(metadata));
    }
}
