package dev.orderflow.eventing.listener;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecordIdentityTests {

    private final UUID id = UUID.fromString("01a1fdd5-ce7b-7411-b0be-d0a8e168ee48");

    @Test
    void theIdOfAnEventIsItsOwn() {
        assertThat(RecordIdentity.of(message(1, "a", id.toString()))).isEqualTo(id);
        assertThat(RecordIdentity.of(message(2, "b", id.toString().toUpperCase(Locale.ROOT))))
                .isEqualTo(id);
    }

    @Test
    void anyOtherTextIsUniqueWithinItsSource() {
        var first = RecordIdentity.of(message(1, "a", "42"));

        assertThat(RecordIdentity.of(message(2, "a", "42"))).isEqualTo(first);
        assertThat(RecordIdentity.of(message(1, "b", "42"))).isNotEqualTo(first);
        assertThat(RecordIdentity.of(message(1, "a", "43"))).isNotEqualTo(first);
    }

    @Test
    void shortFormsOfOneUuidAreDifferentIds() {
        assertThat(RecordIdentity.of(message(1, "a", "1-1-1-1-1")))
                .isNotEqualTo(RecordIdentity.of(message(1, "a", "01-1-1-1-1")));
    }

    @Test
    void withoutIdThePositionCounts() {
        var message = new ConsumerRecord<>("topic", 0, 7, "key", "value");
        var empty = message(8, "a", "");

        assertThat(RecordIdentity.of(message))
                .isEqualTo(RecordIdentity.of(new ConsumerRecord<>("topic", 0, 7, "", "")));
        assertThat(RecordIdentity.of(message)).isNotEqualTo(RecordIdentity.of(empty));
    }

    @Test
    void anEventInStructuredModeHasTheIdWithinItsValue() {
        var json = "{\"specversion\":\"1.0\",\"id\":\"42\",\"source\":\"a\",\"type\":\"test.v1\",\"data\":{}}";
        var binary = RecordIdentity.of(message(1, "a", "42"));

        assertThat(RecordIdentity.of(structured(2, json))).isEqualTo(binary);
        assertThat(RecordIdentity.of(structured(3, json.getBytes(UTF_8)))).isEqualTo(binary);
        assertThat(RecordIdentity.of(structured(4, "no JSON")))
                .isEqualTo(RecordIdentity.of(structured(4, Map.of("id", "42"))))
                .isNotEqualTo(RecordIdentity.of(structured(5, "no JSON")));
    }

    private static <V> ConsumerRecord<String, V> structured(long offset, V value) {
        var message = new ConsumerRecord<>("topic", 0, offset, "key", value);
        message.headers().add("content-type", "application/cloudevents+json".getBytes(UTF_8));
        return message;
    }

    private static ConsumerRecord<String, String> message(long offset, String source, String id) {
        var message = new ConsumerRecord<>("topic", 0, offset, "key", "value");
        message.headers().add("ce_source", source.getBytes(UTF_8)).add("ce_id", id.getBytes(UTF_8));
        return message;
    }
}
