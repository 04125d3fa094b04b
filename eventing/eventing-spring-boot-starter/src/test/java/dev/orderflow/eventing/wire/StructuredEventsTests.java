package dev.orderflow.eventing.wire;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.EventPriority;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StructuredEventsTests {

    private static final String REQUIRED =
            "\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"shop\",\"type\":\"test.v1\"";

    @Test
    void attributesAreThoseOfBinaryMode() {
        var metadata = read("{" + REQUIRED + ",\"subject\":\"ü\",\"time\":\"2026-01-02T03:04:05+01:00\",\"sequence\":3,"
                        + "\"priority\":\"bulk\",\"tenantid\":null,\"traceparent\":\"00-1\",\"own\":{\"a\":[1]},\"data\":{}}")
                .metadata("key");

        assertThat(metadata.id()).isEqualTo(UUID.nameUUIDFromBytes("shop\n7".getBytes(UTF_8)));
        assertThat(metadata.publishedId()).isEqualTo("7");
        assertThat(metadata.subject()).isEqualTo("ü");
        assertThat(metadata.time()).isEqualTo(Instant.parse("2026-01-02T02:04:05Z"));
        assertThat(metadata.sequence()).isEqualTo(3);
        assertThat(metadata.priority()).isEqualTo(EventPriority.BULK);
        assertThat(metadata.tenantId()).isNull();
        assertThat(metadata.traceparent()).isEqualTo("00-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1.10, \"b\":[ true ,null]}",
                "12345678901234567890.0100",
                "-7",
                "\"text with \\u00e9, é and \\\" \"",
                "true",
                "[]"
            })
    void dataIsCutOutByteForByte(String data) {
        assertThat(read("{\"data\" : " + data + " , " + REQUIRED + "}").data()).isEqualTo(data.getBytes(UTF_8));
        assertThat(read("{" + REQUIRED + ",\"data\":" + data + "}").data()).isEqualTo(data.getBytes(UTF_8));
    }

    @Test
    void furtherAttributesAreKeptIfTheyAreTextOfBoundedSize() {
        var headers = read("{" + REQUIRED + ",\"region\":\"north\",\"level\":3,\"gone\":null,\"Un-named\":\"x\","
                        + "\"nested\":{\"a\":1},\"large\":\"" + "x".repeat(4097) + "\"}")
                .headers();

        assertThat(headers.lastHeader("ce_region").value()).isEqualTo("north".getBytes(UTF_8));
        assertThat(headers.lastHeader("ce_level").value()).isEqualTo("3".getBytes(UTF_8));
        assertThat(headers.lastHeader("ce_gone")).isNull();
        assertThat(headers.lastHeader("ce_Un-named")).isNull();
        assertThat(headers.lastHeader("ce_nested")).isNull();
        assertThat(headers.lastHeader("ce_large")).isNull();
    }

    @Test
    void versionsOfATypeShareTheirDeduplicationKeys() {
        var first = dedupId("test.v1", "a");

        assertThat(dedupId("test.v12", "a")).isEqualTo(first);
        assertThat(dedupId("test.v1", "b")).isNotEqualTo(first);
        assertThat(dedupId("other.v1", "a")).isNotEqualTo(first);
    }

    private static UUID dedupId(String type, String key) {
        var event = read("{" + REQUIRED + ",\"type\":\"" + type + "\",\"dedupkey\":\"" + key + "\"}");
        return ReceivedEvent.dedupIdOf(event.metadata("key"));
    }

    @Test
    void dataMayBeBase64OrMissing() {
        assertThat(read("{" + REQUIRED + ",\"data_base64\":\"eyJhIjoxfQ==\"}").data())
                .isEqualTo("{\"a\":1}".getBytes(UTF_8));
        assertThat(read("{" + REQUIRED + "}").data()).isNull();
        assertThat(read("{" + REQUIRED + ",\"data\":null}").data()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/cloudevents+json",
                "application/cloudevents+json; charset=utf-8",
                "application/cloudevents+json;charset=\"UTF-8\"",
                "Application/CloudEvents+JSON"
            })
    void theContentTypeMayHaveACharset(String contentType) {
        assertThat(read(contentType, ("{" + REQUIRED + ",\"data\":1}").getBytes(UTF_8))
                        .type())
                .isEqualTo("test.v1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/cloudevents-batch+json",
                "application/cloudevents+avro",
                "application/cloudevents+json; charset=utf-16"
            })
    void anotherFormatIsNamed(String contentType) {
        assertThatThrownBy(() -> read(contentType, "[]".getBytes(UTF_8)))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageContaining("attribute content-type is '" + contentType + "'");
    }

    @Test
    void whatIsNoEventIsExplained() {
        refuses("[]", "not a JSON object");
        refuses("{\"id\":", "not a JSON object");
        refuses("{" + REQUIRED + "} {}", "more JSON follows");
        refuses("{" + REQUIRED + ",\"subject\":[1]}", "attribute subject is not a string");
        refuses("{" + REQUIRED + ",\"data\":1,\"data_base64\":\"AA==\"}", "both data and data_base64");
        refuses("{" + REQUIRED + ",\"data_base64\":\"?\"}", "data_base64 is not base64");
        refuses("{" + REQUIRED + ",\"data\":" + "[".repeat(100) + "]".repeat(100) + "}", "not a JSON object");
        assertThatThrownBy(
                        () -> read("application/cloudevents+json", ("{" + REQUIRED + ",\"data\":1}").getBytes(UTF_16)))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageContaining("UTF-8");
    }

    private static void refuses(String json, String reason) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageContaining(reason);
    }

    private static ReceivedEvent read(String json) {
        return read("application/cloudevents+json", json.getBytes(UTF_8));
    }

    private static ReceivedEvent read(String contentType, byte[] value) {
        var headers = new RecordHeaders().add("content-type", contentType.getBytes(UTF_8));
        // Headers of binary mode do not count.
        headers.add("ce_type", "other".getBytes(UTF_8));
        return ReceivedEvent.of(headers, value);
    }
}
