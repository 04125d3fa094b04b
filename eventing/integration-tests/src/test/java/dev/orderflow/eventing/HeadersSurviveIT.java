package dev.orderflow.eventing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.StoredHeaders.HeadersJson;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Random headers, unknown ones included, survive every way of an event byte for byte and in their order: through the retry topics,
 * behind a failed event, to the dead letters and their topic, in the database behind a dead letter, and back by a replay.
 * {@code -Dsurviving.accounts=N} sets the number of accounts, {@code -Dseed=N} the seed.
 */
class HeadersSurviveIT extends RetryFixture {

    private static final Logger LOG = LoggerFactory.getLogger(HeadersSurviveIT.class);
    private static final int ACCOUNTS = Integer.getInteger("surviving.accounts", 20);
    private static final long SEED = Long.getLong("seed", 42);
    private static final List<String> TOPICS =
            List.of("sample.retry-1", "sample.retry-2", "sample.retry-3", "sample.dlt");

    private final Random random = new Random(SEED);
    private final List<String> accounts = IntStream.range(0, ACCOUNTS)
            .mapToObj(number -> UUID.randomUUID().toString())
            .toList();

    @Test
    void onEveryWay() {
        var failing = accounts.stream().map(each -> withRandomHeaders(each, 1)).toList();
        var behind = accounts.stream().map(each -> withRandomHeaders(each, 2)).toList();
        accounts.forEach(each -> faults.fail(each, 4));
        produce(Stream.concat(failing.stream(), behind.stream()).toList());
        accounts.forEach(
                each -> await().untilAsserted(() -> assertThat(states(each)).containsExactly("DEAD", "PARKED")));

        for (var number = 0; number < ACCOUNTS; number++) {
            var each = accounts.get(number);
            assertThat(storedHeaders("dead_letter", each))
                    .containsExactly(shown(failing.get(number).headers()));
            assertThat(storedHeaders("key_hold", each))
                    .containsExactly(shown(behind.get(number).headers()));
        }
        replay();
        accounts.forEach(each -> await().untilAsserted(
                        () -> assertThat(effects.of(each)).containsExactly("deposited 1", "deposited 2")));

        var copies = TOPICS.stream()
                .flatMap(topic -> TestInfrastructure.get().topics().read(topic).stream())
                .filter(message -> accounts.contains(message.key()))
                .toList();
        var originals = Stream.concat(failing.stream(), behind.stream())
                .map(original -> shown(original.headers()))
                .toList();
        assertThat(copies).allSatisfy(copy -> assertThat(shown(copy.headers())).isIn(originals));
        // Each failing event: three retries, the dead letter, the replay. Each event behind: at least one level and the
        // release.
        assertThat(ofValue(copies, 1)).hasSizeGreaterThanOrEqualTo(5 * ACCOUNTS);
        assertThat(ofValue(copies, 2)).hasSizeGreaterThanOrEqualTo(2 * ACCOUNTS);
        LOG.info("surviving seed={} accounts={} copies={}", SEED, ACCOUNTS, copies.size());
    }

    private static Stream<ConsumerRecord<String, byte[]>> ofValue(
            List<ConsumerRecord<String, byte[]>> copies, int amount) {
        return copies.stream().filter(copy -> new String(copy.value(), UTF_8).contains("\"amount\":" + amount));
    }

    private void replay() {
        var replay = UUID.randomUUID();
        jdbc.sql("""
                INSERT INTO dead_letter_replay (id, consumer, requested_by, selection, total)
                VALUES (?, 'sample', 'test', '{}', ?)
                """).params(replay, ACCOUNTS).update();
        jdbc.sql("UPDATE dead_letter SET state = 'QUEUED', replay_id = ? WHERE key = ANY (?)")
                .params(replay, accounts.toArray(String[]::new))
                .update();
    }

    private List<List<String>> storedHeaders(String table, String key) {
        return jdbc
                .sql("SELECT headers FROM " + table + " WHERE key = ? AND headers IS NOT NULL")
                .param(key)
                .query(String.class)
                .list()
                .stream()
                .map(headers -> shown(HeadersJson.read(headers)))
                .toList();
    }

    private ProducerRecord<String, byte[]> withRandomHeaders(String key, int amount) {
        var published = foreign(new Deposited(key, amount));
        var headers = published.headers();
        var count = 1 + random.nextInt(12);
        for (var number = 0; number < count; number++) {
            headers.add(name(), value());
        }
        return new ProducerRecord<>(AccountEvent.TOPIC, 0, key, published.value(), headers);
    }

    private String name() {
        var names = new ArrayList<>(List.of(
                "ce_region",
                "ce_region",
                "ce_x" + random.nextInt(1_000),
                "x-request",
                "Schlüssel ✓",
                "",
                "a\0b",
                "B3",
                "__TypeId__"));
        return names.get(random.nextInt(names.size()));
    }

    private byte[] value() {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> "text ü".getBytes(UTF_8);
            default -> {
                var bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                yield bytes;
            }
        };
    }

    /** Returns the headers as they were published, in text. */
    private static List<String> shown(Headers headers) {
        return StreamSupport.stream(headers.spliterator(), false)
                .filter(header ->
                        !header.key().startsWith("retry_") && !header.key().startsWith("dead_"))
                .map(HeadersSurviveIT::shown)
                .toList();
    }

    private static String shown(Header header) {
        return header.key() + "="
                + (header.value() == null ? "null" : HexFormat.of().formatHex(header.value()));
    }
}
