package dev.orderflow.eventing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Records that any client could write: an event with up to four changes. The same seed creates the same records. */
final class HostileRecords {

    private static final List<String> NAMES = List.of(
            "ce_id",
            "ce_type",
            "ce_source",
            "ce_subject",
            "ce_time",
            "ce_sequence",
            "ce_correlationid",
            "ce_causationid",
            "ce_intent",
            "ce_specversion",
            "ce_tenantid",
            "ce_priority",
            "ce_deadline",
            "ce_dedupkey",
            "ce_dataschema",
            "traceparent",
            "tracestate",
            "content-type",
            "retry_id",
            "retry_hop",
            "retry_due",
            "retry_topic",
            "retry_partition",
            "retry_offset",
            "retry_type",
            "retry_key",
            "dead_id",
            "reduced");

    private static final List<String> TEXTS = List.of(
            "",
            "\0",
            "a\0b",
            "x\nevent=dead id=forged",
            "\u001b[2J",
            "\u202e",
            "\ud83d\ude00",
            "null",
            "-1",
            "1e300000000",
            "9223372036854775807",
            "-9223372036854775808",
            "99999999999999999999999",
            "2147483647",
            "ffffffff-ffff-7fff-bfff-ffffffffffff",
            "00000000-0000-0000-0000-000000000000",
            "0190b2f0-0000-4000-8000-000000000001",
            "1-1-1-1-1",
            "+1000000000-12-31T23:59:59Z",
            "-1000000000-01-01T00:00:00Z",
            "0000-00-00T00:00:00Z",
            "sample.account.opened.v2",
            "sample.account.opened.v99999999999",
            "sample.account.closed.v1",
            "sample.account.noted.v1",
            "sample.unknown.v1",
            "../../etc/passwd",
            "account-events",
            "application/cloudevents+json",
            "' OR 1=1; --",
            "{}",
            "%s%n");

    private static final List<String> VALUES = List.of(
            "1e300000000",
            "-1e-300000000",
            "\"1e300000000\"",
            "9223372036854775808",
            "1.5",
            "null",
            "true",
            "[]",
            "{}",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\"",
            "\" \"");

    private final Random random;
    private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();
    private final List<Consumer<Draft>> mutations;

    HostileRecords(long seed) {
        random = new Random(seed);
        mutations = List.of(
                draft -> draft.headers.remove(pick(NAMES)),
                draft -> draft.headers.add(pick(NAMES), null),
                draft -> draft.headers.add(pick(NAMES), text()),
                draft -> draft.headers.add(pick(NAMES), text()),
                draft -> draft.headers.add(pick(NAMES), noise(random.nextInt(50))),
                draft -> draft.headers.add(pick(NAMES), noise(sometimes(20) ? 200_000 : 2_000)),
                draft -> draft.headers.add(pick(TEXTS), text()),
                draft -> draft.headers.add("n".repeat(sometimes(10) ? 40_000 : 1_500), noise(3)),
                draft -> many(draft.headers, sometimes(10) ? 5_000 : 50),
                draft -> draft.key = null,
                draft -> draft.key = text(),
                draft -> draft.key = noise(random.nextInt(300)),
                draft -> draft.key = "k".repeat(sometimes(10) ? 100_000 : 3_000).getBytes(UTF_8),
                draft -> draft.value = null,
                draft -> draft.value = new byte[0],
                draft -> draft.value = noise(random.nextInt(2_000)),
                draft -> draft.value = text(),
                draft -> draft.value = field("amount", pick(VALUES)),
                draft -> draft.value = field("account", pick(VALUES)),
                draft -> draft.value = field("unknown", pick(VALUES)),
                draft -> draft.value = field("unknown", "[".repeat(sometimes(2) ? 100 : 100_000)),
                draft -> draft.value = field("unknown", "\"" + "x".repeat(sometimes(20) ? 5_000_000 : 5_000) + "\""),
                draft -> draft.value = field("amount", "9".repeat(sometimes(10) ? 1_000_000 : 2_000)),
                draft -> draft.value = new byte[sometimes(100) ? 10_500_000 : 10_000],
                draft -> draft.value = truncated(draft.value),
                draft -> draft.timestamp = random.nextLong(Instant.now().toEpochMilli()));
    }

    private static final class Draft {

        private final String account = UUID.randomUUID().toString();
        private final RecordHeaders headers = new RecordHeaders();
        private byte @Nullable [] key = account.getBytes(UTF_8);
        private byte @Nullable [] value =
                ("{\"account\":\"" + account + "\",\"amount\":7,\"note\":\"n\"}").getBytes(UTF_8);
        private @Nullable Long timestamp;
    }

    /** Creates a record for any partition. */
    ProducerRecord<byte[], byte[]> next(String topic) {
        var draft = new Draft();
        CloudEventHeaders.of(metadata(draft.account)).forEach(draft.headers::add);
        return mutated(topic, draft);
    }

    /** Creates a record like those on a retry topic, for an event that was never diverted. */
    ProducerRecord<byte[], byte[]> nextRetry(String topic) {
        var draft = new Draft();
        var metadata = metadata(draft.account);
        CloudEventHeaders.of(metadata).forEach(draft.headers::add);
        var own = List.of(
                header("retry_id", metadata.id()),
                header("retry_hop", 1 + random.nextInt(3)),
                header("retry_due", Instant.now().toEpochMilli() + random.nextInt(1_000)),
                header("retry_topic", "account-events"),
                header("retry_partition", random.nextInt(6)),
                header("retry_offset", random.nextInt(1_000)),
                header("retry_type", metadata.type()),
                header("retry_key", draft.account));
        own.forEach(draft.headers::add);
        return mutated(topic, draft);
    }

    UUID newId() {
        return ids.generate();
    }

    private ProducerRecord<byte[], byte[]> mutated(String topic, Draft draft) {
        var changes = 1 + random.nextInt(4);
        for (var change = 0; change < changes; change++) {
            mutations.get(random.nextInt(mutations.size())).accept(draft);
        }
        return new ProducerRecord<>(
                topic, random.nextInt(6), draft.timestamp, draft.key, draft.value, headers(draft.headers));
    }

    private EventMetadata metadata(String account) {
        var type = pick(List.of(
                "sample.account.opened.v1",
                "sample.account.deposited.v1",
                "sample.account.pledged.v1",
                "sample.account.noted.v1",
                "sample.account.closed.v1"));
        return EventMetadata.of(newId(), type, "test", account, Instant.now());
    }

    private static void many(Headers headers, int count) {
        for (var number = 0; number < count; number++) {
            headers.add("h" + number, new byte[number % 50]);
        }
    }

    private byte[] field(String name, String value) {
        return ("{\"account\":\"" + UUID.randomUUID() + "\",\"amount\":7,\"" + name + "\":" + value + "}")
                .getBytes(UTF_8);
    }

    private byte @Nullable [] truncated(byte @Nullable [] value) {
        return value == null || value.length == 0 ? value : Arrays.copyOf(value, random.nextInt(value.length));
    }

    private byte[] text() {
        return pick(TEXTS).getBytes(UTF_8);
    }

    private byte[] noise(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private boolean sometimes(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private static Header header(String name, Object value) {
        return new RecordHeader(name, value.toString().getBytes(UTF_8));
    }

    private static Iterable<Header> headers(RecordHeaders headers) {
        return List.of(headers.toArray());
    }
}
