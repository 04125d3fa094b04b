package dev.orderflow.eventing.inbox.polling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.inbox.handler.TestHandlers;
import dev.orderflow.eventing.inbox.limit.TestLimits;
import dev.orderflow.eventing.inbox.polling.BatchConsumer.Outcome;
import dev.orderflow.eventing.inbox.polling.BatchConsumer.Position;
import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitedTopicConsumerTests {

    private static final String TOPIC = AccountEvent.TOPIC;
    private static final Duration FOREVER = Duration.ofHours(1);
    private static final int MANY = 100_000;

    private final SimulatedBroker broker = new SimulatedBroker(Set.of(TOPIC));
    private final List<String> effects = new ArrayList<>();
    private final Set<Position> consumed = new HashSet<>();
    private Random outages = new Random(0);
    private double outageShare;

    static final class Handlers {

        @EventHandler
        void deposit(Deposited deposited) {}
    }

    @Test
    void aTenantOverItsLimitWaitsInOrderAndDelaysNoOther() {
        publish("a", "key", IntStream.range(0, 1_000));
        publish("b", "key-of-b", IntStream.range(0, 10));
        var member = member(5, FOREVER);

        poll(member, 50);

        assertThat(effects)
                .filteredOn(effect -> effect.startsWith("a"))
                .containsExactly("a key 0", "a key 1", "a key 2", "a key 3", "a key 4");
        assertThat(effects)
                .filteredOn(effect -> effect.startsWith("b"))
                .containsExactly("b key-of-b 0", "b key-of-b 1", "b key-of-b 2", "b key-of-b 3", "b key-of-b 4");
    }

    @Test
    void aHundredThousandWaitingEventsTakeNoMoreThanTheirPlaceInTheTopic() {
        IntStream.range(0, MANY).forEach(number -> publish("a", "key-" + number, IntStream.of(number)));
        publish("b", "b", IntStream.range(0, 5));
        var member = member(5, FOREVER);

        poll(member, 2 * MANY / 500 + 2);

        assertThat(effects)
                .contains("b b 0", "b b 1", "b b 2", "b b 3", "b b 4")
                .hasSize(10);
    }

    @Test
    void anEventWaitsBehindAWaitingOneOfItsKeyWhateverItsTenant() {
        publish("a", "key", IntStream.range(0, 3));
        publish("b", "key", IntStream.of(3));
        publish("b", "other", IntStream.of(4));
        var member = member(1, FOREVER);

        poll(member, 10);

        assertThat(effects).containsExactlyInAnyOrder("a key 0", "b other 4");
    }

    @Test
    void whatWaitsIsReadAgainAfterARestart() {
        publish("a", "key", IntStream.range(0, 8));
        publish("b", "key-of-b", IntStream.range(0, 2));
        var member = member(3, FOREVER);
        poll(member, 10);
        assertThat(effects).hasSize(5);

        member.restart();
        poll(member, 10);
        member.restart();
        poll(member, 10);

        assertThat(effects)
                .filteredOn(effect -> effect.startsWith("a"))
                .containsExactlyElementsOf(IntStream.range(0, 8)
                        .mapToObj(number -> "a key " + number)
                        .toList());
        assertThat(effects).hasSize(10);
    }

    /** Limits, restarts, lost commits and outages at random moments: each event takes effect once, in the order of its key. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void nothingIsLostOrOvertaken(long seed) {
        var random = new Random(seed);
        outages = random;
        outageShare = 0.05;
        for (var number = 0; number < 400; number++) {
            var key = "key-" + random.nextInt(12);
            publish("t" + random.nextInt(3), key, IntStream.of(number));
        }
        var member = SimulatedMember.of(0, broker, () -> consumer(4, Duration.ofMillis(10)), random);
        member.learnAssignment();
        for (var round = 0; effects.size() < 400 && round < 100_000; round++) {
            member.poll(1 + random.nextInt(20));
            if (random.nextInt(200) == 0) {
                member.restart();
            }
        }

        assertThat(effects).hasSize(400).doesNotHaveDuplicates();
        for (var key = 0; key < 12; key++) {
            var infix = " key-" + key + " ";
            assertThat(effects.stream()
                            .filter(effect -> effect.contains(infix))
                            .map(effect -> Integer.parseInt(effect.substring(effect.lastIndexOf(' ') + 1)))
                            .toList())
                    .as("effects of seed %d on key-%d", seed, key)
                    .isSorted();
        }
    }

    private SimulatedMember member(int events, Duration period) {
        var member = SimulatedMember.of(0, broker, () -> consumer(events, period), new Random(1));
        member.learnAssignment();
        return member;
    }

    private LimitedTopicConsumer consumer(int events, Duration period) {
        var handlers = TestHandlers.registry(new Handlers(), "test");
        return new LimitedTopicConsumer(
                Set.of(TOPIC), new Consuming(), TestLimits.of(handlers, events, period), System::nanoTime);
    }

    private static void poll(SimulatedMember member, int rounds) {
        for (var round = 0; round < rounds; round++) {
            member.poll(500);
        }
    }

    private void publish(String tenant, String key, IntStream numbers) {
        numbers.forEach(number -> {
            var metadata = EventMetadata.of(
                    UUID.randomUUID(),
                    "sample.account.deposited.v1",
                    "test",
                    tenant + " " + key + " " + number,
                    Instant.EPOCH);
            var headers = new RecordHeaders(CloudEventHeaders.of(metadata));
            headers.add("ce_tenantid", tenant.getBytes(UTF_8));
            broker.append(TOPIC, key, headers, new byte[0]);
        });
    }

    /** Remembers what it has consumed, as the inbox does, and fails now and then from some record on. */
    private final class Consuming implements BatchConsumer {

        @Override
        public boolean isPaused() {
            return false;
        }

        @Override
        public Outcome consume(Iterable<ConsumerRecord<String, byte[]>> records) {
            var waiting = new HashSet<Position>();
            for (var message : records) {
                var position = new Position(new TopicPartition(message.topic(), message.partition()), message.offset());
                if (!waiting.isEmpty() || outages.nextDouble() < outageShare) {
                    waiting.add(position);
                } else if (consumed.add(position)) {
                    effects.add(new String(
                            message.headers().lastHeader("ce_subject").value(), UTF_8));
                }
            }
            return new Outcome(Set.copyOf(waiting), new IllegalStateException("away"));
        }
    }
}
