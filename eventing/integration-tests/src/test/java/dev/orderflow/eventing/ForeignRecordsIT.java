package dev.orderflow.eventing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.ForeignRecords.Foreign;
import dev.orderflow.eventing.ForeignRecords.Outcome;
import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.EventJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events of other publishers in all content modes: each is handled, skipped or dead, for the reason that its kind requires, and
 * none waits. {@code -Dforeign.records=10000} sets their number, {@code -Dseed=N} the seed.
 */
class ForeignRecordsIT extends SampleIT {

    private static final Logger LOG = LoggerFactory.getLogger(ForeignRecordsIT.class);
    private static final int RECORDS = Integer.getInteger("foreign.records", 1_000);
    private static final long SEED = Long.getLong("seed", 42);
    private static final Duration LONGEST = Duration.ofSeconds(60).plusMillis(RECORDS * 20L);

    private final ForeignRecords generator = new ForeignRecords(SEED);

    @Test
    void eachHasTheOutcomeOfItsKind() {
        var sent = IntStream.range(0, RECORDS)
                .mapToObj(number -> generator.next(AccountEvent.TOPIC))
                .toList();
        send(sent);

        ConsumerLag.awaitNone("sample", Set.of(AccountEvent.TOPIC), LONGEST);
        var effects = effects();
        var dead = deadLetters();
        assertThat(sent).allSatisfy(foreign -> {
            assertThat(effects.getOrDefault(foreign.account(), 0))
                    .as("effects of %s", foreign)
                    .isEqualTo(foreign.outcome() == Outcome.HANDLED ? 1 : 0);
            if (foreign.outcome() == Outcome.DEAD) {
                assertThat(dead.get(foreign.account()))
                        .as("reason for %s", foreign)
                        .isNotNull()
                        .satisfies(message -> assertThat(foreign.reasons()).anyMatch(message::contains));
            } else {
                assertThat(dead).as("dead letter of %s", foreign).doesNotContainKey(foreign.account());
            }
        });
        assertThat(jdbc.sql("SELECT count(*) FROM key_hold WHERE state <> 'DEAD'")
                        .query(Integer.class)
                        .single())
                .isZero();
        LOG.info(
                "foreign seed={} records={} outcomes={}",
                SEED,
                RECORDS,
                sent.stream().collect(Collectors.groupingBy(Foreign::outcome, Collectors.counting())));
    }

    /** Sends all, and returns when the last record of each partition has taken effect. */
    private void send(List<Foreign> sent) {
        var properties = TestInfrastructure.get().producerSettings();
        properties.put("linger.ms", 20);
        var last = new ArrayList<String>();
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var foreign : sent) {
                for (var copy = 0; copy < foreign.copies(); copy++) {
                    producer.send(foreign.message());
                }
            }
            for (var partition = 0; partition < 6; partition++) {
                var witness = UUID.randomUUID().toString();
                last.add(witness);
                producer.send(new ProducerRecord<>(
                        AccountEvent.TOPIC,
                        partition,
                        witness.getBytes(UTF_8),
                        new EventJson().write(new Deposited(witness, 1)),
                        foreign(new Deposited(witness, 1)).headers()));
            }
        }
        await().atMost(LONGEST)
                .untilAsserted(() -> assertThat(last)
                        .allSatisfy(witness -> assertThat(effects.of(witness)).containsExactly("deposited 1")));
    }

    private Map<String, Integer> effects() {
        var effects = new HashMap<String, Integer>();
        jdbc.sql("SELECT account, count(*) AS effects FROM effect GROUP BY account")
                .query(row -> {
                    effects.put(row.getString("account"), row.getInt("effects"));
                });
        return effects;
    }

    private Map<String, String> deadLetters() {
        var dead = new HashMap<String, String>();
        jdbc.sql("SELECT key, message FROM dead_letter").query(row -> {
            dead.put(row.getString("key"), row.getString("message"));
        });
        return dead;
    }
}
