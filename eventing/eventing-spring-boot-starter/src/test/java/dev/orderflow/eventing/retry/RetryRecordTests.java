package dev.orderflow.eventing.retry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryRecordTests {

    private static final SourceRecord SOURCE = new SourceRecord(
            UUID.randomUUID(), "orders", 3, 42, "key", "sample.v1", new RecordHeaders(), new byte[] {1});

    @Test
    void whatWasWrittenIsRead() {
        var written = new RetryRecord(SOURCE, "stream", 2, Instant.ofEpochMilli(5));

        var read = RetryRecord.read(message("stream", written.headers()));

        assertThat(read.streamKey()).isEqualTo("stream");
        assertThat(read.hop()).isEqualTo(2);
        assertThat(read.due()).isEqualTo(Instant.ofEpochMilli(5));
        assertThat(read.source()).usingRecursiveComparison().isEqualTo(SOURCE);
    }

    /** Each of these headers would otherwise fail later, where the record would block other events. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "retry_id, null",
                "retry_id, 7",
                "retry_topic, null",
                "retry_topic, a\0b",
                "retry_topic, ''",
                "retry_topic, ../x",
                "retry_partition, -1",
                "retry_partition, 2147483648",
                "retry_offset, -1",
                "retry_offset, 1e3",
                "retry_type, null",
                "retry_key, null",
                "retry_hop, 0",
                "retry_hop, -2147483648",
                "retry_hop, 99999999999"
            })
    void aForgedHeaderMakesItAStranger(String name, @Nullable String value) {
        var headers = new RetryRecord(SOURCE, "stream", 2, Instant.EPOCH).headers();
        headers.add(name, value == null ? null : value.getBytes(UTF_8));

        assertThatThrownBy(() -> RetryRecord.read(message("stream", headers))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void aForgedKeyMakesItAStranger() {
        var headers = new RetryRecord(SOURCE, "stream", 2, Instant.EPOCH).headers();

        for (var key : new @Nullable String[] {null, "k".repeat(201), "a\0b"}) {
            assertThatThrownBy(() -> RetryRecord.read(message(key, headers)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"null", "''", "soon", "99999999999999999999", "1e3"})
    void withoutASensibleTimeItIsDueAtOnce(@Nullable String due) {
        var headers = new RecordHeaders().add("retry_due", due == null ? null : due.getBytes(UTF_8));

        assertThat(RetryRecord.dueOf(message("stream", headers))).isEqualTo(Instant.EPOCH);
    }

    private static ConsumerRecord<String, byte[]> message(@Nullable String key, Headers headers) {
        return new ConsumerRecord<>(
                "group.retry-1",
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                1,
                key,
                SOURCE.payload(),
                headers,
                Optional.empty());
    }
}
