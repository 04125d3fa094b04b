package dev.orderflow.eventing.retry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.orderflow.eventing.wire.StoredHeaders;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StorableRecordTests {

    private static final UUID ID = UUID.fromString("0190b2f0-0000-7000-8000-000000000001");

    @Test
    void anOrdinaryRecordPassesUnchanged() {
        var headers =
                new RecordHeaders().add("ce_id", bytes(1)).add("other", null).add("other", bytes(10_000));

        var stored = of("key", headers, bytes(900_000));

        assertThat(stored.headers()).isSameAs(headers);
        assertThat(stored.payload()).hasSize(900_000);
        assertThat(stored.key()).isEqualTo("key");
    }

    @Test
    void aHeaderWhoseNameCannotBeStoredIsLeftOutAndSaidSo() {
        var stored = of(
                "key",
                new RecordHeaders()
                        .add("ce_id", bytes(36))
                        .add("n".repeat(40_000), bytes(1))
                        .add("other", bytes(2)),
                bytes(3));

        assertThat(names(stored.headers())).containsExactly("ce_id", "other", StorableRecord.REDUCED);
        assertThat(reduced(stored)).contains("3 headers");
        assertThat(stored.payload()).hasSize(3);
        assertThatCode(() -> StoredHeaders.write(stored.headers())).doesNotThrowAnyException();
    }

    @Test
    void ofMoreHeadersThanAreStoredTheAttributesStay() {
        var headers = new RecordHeaders();
        IntStream.range(0, 50_000).forEach(number -> headers.add("ce_type", bytes(5)));
        IntStream.range(0, 50_000).forEach(number -> headers.add("h" + number, bytes(100)));
        headers.add("ce_type", bytes(7));

        var stored = of("key", headers, null);

        assertThat(stored.headers().toArray()).hasSizeLessThan(1_100);
        var last = Arrays.stream(stored.headers().toArray())
                .filter(header -> header.key().equals("ce_type"))
                .reduce((one, other) -> other);
        assertThat(last)
                .map(Header::value)
                .hasValueSatisfying(value -> assertThat(value).hasSize(7));
    }

    @Test
    void aLongKeyStandsAsItsHashInTheSameStream() {
        var long1 = "k".repeat(1_001);
        var whole = new SourceRecord(ID, "topic", 0, 0, long1, "type", new RecordHeaders(), null);

        var stored = of(long1, new RecordHeaders(), null);

        assertThat(stored.stream()).isEqualTo(whole.stream());
        assertThat(reduced(stored)).isEqualTo("key of 1001 characters");
    }

    @Test
    void aPayloadThatIsLargerThanAnyThatIsReadIsLeftOut() {
        var stored = of("key", new RecordHeaders(), bytes(10_000_001));

        assertThat(stored.payload()).isNull();
        assertThat(reduced(stored)).isEqualTo("payload of 10000001 bytes");
    }

    @Test
    void ofARecordThatCannotBeStoredForAnUnforeseenReasonPlainTextRemains() {
        var source = new SourceRecord(
                ID,
                "topic",
                0,
                0,
                "k\u001b",
                "t\ud800",
                new RecordHeaders()
                        .add("ce_type", "plain".getBytes(UTF_8))
                        .add("ce_source", "\u0001".getBytes(UTF_8))
                        .add("other", bytes(3)),
                bytes(5));

        var remains = StorableRecord.remains(source, true);

        assertThat(names(remains.headers())).containsExactly("ce_type", StorableRecord.REDUCED);
        assertThat(remains.type()).isEqualTo(SourceRecord.UNREADABLE);
        assertThat(remains.key()).matches("[0-9a-f]{64}");
        assertThat(remains.payload()).hasSize(5);
        assertThat(StorableRecord.remains(source, false).payload()).isNull();
    }

    private static SourceRecord of(@Nullable String key, Headers headers, byte @Nullable [] payload) {
        return StorableRecord.of(ID, new SourceRecord.Place("topic", 1, 2), key, "type", headers, payload);
    }

    private static String reduced(SourceRecord source) {
        return new String(source.headers().lastHeader(StorableRecord.REDUCED).value(), UTF_8);
    }

    private static Iterable<String> names(Headers headers) {
        return Arrays.stream(headers.toArray()).map(Header::key).toList();
    }

    private static byte[] bytes(int length) {
        return new byte[length];
    }
}
