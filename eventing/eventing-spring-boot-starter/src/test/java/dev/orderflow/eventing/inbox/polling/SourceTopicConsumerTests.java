package dev.orderflow.eventing.inbox.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.inbox.handler.TestHandlers;
import dev.orderflow.eventing.inbox.limit.TestLimits;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTopicConsumerTests {

    private static final String TOPIC = TenantRecords.TOPIC;
    private static final Duration FOREVER = Duration.ofHours(1);
    private static final int MANY = 100_000;
    private static final int EVENTS = 400;
    private static final int CROWD = 10_000;
    private static final int KEYS = 12;

    private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);

    /** Keys of that partition. */
    private static final String KEY = TenantRecords.keyOfFirstPartition("key");

    private static final String OTHER = TenantRecords.keyOfFirstPartition("other");
    private static final String THIRD = TenantRecords.keyOfFirstPartition("third");

    private final SimulatedBroker broker = new SimulatedBroker(Set.of(TOPIC));
    private final RecordingInbox inbox = new RecordingInbox();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private long now;
    private boolean lifted;

    static final class Handlers {

        @EventHandler
        void deposit(Deposited deposited) {}
    }

    @Test
    void aTenantOverItsLimitWaitsInOrderAndDelaysNoOther() {
        publish("a", KEY, IntStream.range(0, 1_000));
        publish("b", OTHER, IntStream.range(0, 10));
        var member = member(5);

        poll(member, 50);

        assertThat(inbox.effectsOf("a")).containsExactlyElementsOf(subjects("a", KEY, IntStream.range(0, 5)));
        assertThat(inbox.effectsOf("b")).containsExactlyElementsOf(subjects("b", OTHER, IntStream.range(0, 5)));
    }

    @Test
    void aHundredThousandWaitingEventsTakeNoMoreThanTheirPlaceInTheTopic() {
        IntStream.range(0, MANY).forEach(number -> publish("a", "key-" + number, IntStream.of(number)));
        publish("b", KEY, IntStream.range(0, 5));
        var member = member(5);

        poll(member, 2 * MANY / 500 + 2);

        assertThat(inbox.effects)
                .containsAll(subjects("b", KEY, IntStream.range(0, 5)))
                .hasSize(10);
    }

    @Test
    void anEventWaitsBehindAWaitingOneOfItsKeyWhateverItsTenant() {
        publish("a", KEY, IntStream.range(0, 3));
        publish("b", KEY, IntStream.of(3));
        publish("b", OTHER, IntStream.of(4));
        var member = member(1);

        poll(member, 10);

        assertThat(inbox.effects).containsExactlyInAnyOrder("a " + KEY + " 0", "b " + OTHER + " 4");
    }

    /** The round ends one backlog, begins the next, and then fails: the next one does not know the records of the former. */
    @Test
    void anOutageOfARoundThatBeginsANewBacklogLosesNothing() {
        publish("a", KEY, IntStream.range(0, 2));
        var member = member(1);
        poll(member, 1);
        now += FOREVER.toNanos();
        poll(member, 1);
        publish("c", OTHER, IntStream.of(2));
        publish("b", THIRD, IntStream.range(3, 5));

        inbox.outageShare = 1;
        poll(member, 1);
        inbox.outageShare = 0;
        for (var period = 0; period < 5; period++) {
            now += FOREVER.toNanos();
            poll(member, 5);
        }

        assertThat(inbox.effects)
                .containsExactlyInAnyOrder(
                        "a " + KEY + " 0",
                        "a " + KEY + " 1",
                        "c " + OTHER + " 2",
                        "b " + THIRD + " 3",
                        "b " + THIRD + " 4");
    }

    @Test
    void aPositionThatMovesWithoutRecordsIsKept() {
        publish("a", KEY, IntStream.range(0, 3));
        var member = member(1);
        poll(member, 2);
        broker.skip(FIRST);
        broker.skip(FIRST);

        poll(member, 1);

        assertThat(member.hasReadAll()).isTrue();
        now += FOREVER.toNanos();
        poll(member, 3);
        assertThat(inbox.effects).hasSize(2);
    }

    @Test
    void waitingEventsThatTheTopicDeletesAreCounted() {
        publish("a", KEY, IntStream.range(0, 4));
        var member = member(1);
        poll(member, 2);
        broker.delete(FIRST, 1);

        now += FOREVER.toNanos();
        poll(member, 3);

        assertThat(inbox.effectsOf("a")).containsExactly("a " + KEY + " 0", "a " + KEY + " 2");
        assertThat(meters.counter("eventing.inbox.postponed.lost").count()).isEqualTo(1);
    }

    @Test
    void whatWaitsIsReadHoweverLongTheBrokerTakesToAnswer() {
        publish("a", KEY, IntStream.range(0, 2));
        var member = member(1);
        poll(member, 2);
        now += FOREVER.toNanos();

        member.poll(0);
        for (var answer = 0; answer < 5; answer++) {
            now += Duration.ofSeconds(1).toNanos();
            member.poll(0);
            now += Duration.ofSeconds(1).toNanos();
            member.poll(500);
        }

        assertThat(inbox.effectsOf("a")).hasSize(2);
    }

    /** Records are found by their keys: once the limit is lifted, none has a lane. */
    @Test
    void whatWaitsIsHandledWhenTheLimitIsLifted() {
        publish("a", KEY, IntStream.range(0, 4));
        publish("a", null, IntStream.range(4, 8));
        publish("b", OTHER, IntStream.range(0, 2));
        var member = member(1);
        poll(member, 5);

        lifted = true;
        poll(member, 20);

        assertThat(inbox.effects).hasSize(10).doesNotHaveDuplicates();
        assertThat(inbox.effectsOf("a").subList(0, 4))
                .containsExactlyElementsOf(subjects("a", KEY, IntStream.range(0, 4)));
    }

    /** Invalid events that keep coming would otherwise wait until the topic deletes them. */
    @Test
    void aLimitThatCrowdsLiftHoldsBackNoMoreThanACrowd() {
        publish(TestLimits.LIFTED_BY_CROWDS, KEY, IntStream.range(0, CROWD + 1_000));
        publish("b", OTHER, IntStream.range(0, 5));
        var member = member(5);

        poll(member, 2 * CROWD / 500 + 100);

        assertThat(inbox.effectsOf("b")).hasSize(5);
        assertThat(inbox.effectsOf(TestLimits.LIFTED_BY_CROWDS).size()).isBetween(1_000, 2_000);
    }

    @Test
    void whatWaitsIsReadAgainAfterARestart() {
        publish("a", KEY, IntStream.range(0, 8));
        publish("b", OTHER, IntStream.range(0, 2));
        var member = member(3);
        poll(member, 10);
        assertThat(inbox.effects).hasSize(5);

        member.restart();
        poll(member, 10);
        member.restart();
        poll(member, 10);

        assertThat(inbox.effectsOf("a")).containsExactlyElementsOf(subjects("a", KEY, IntStream.range(0, 8)));
        assertThat(inbox.effects).hasSize(10);
    }

    /**
     * Limits that come and go, restarts, moves to another member and back, lost commits, outages, events without keys, and offsets without records, at
     * random moments while events arrive: each event takes effect once, in the order of its key.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})
    void nothingIsLostOrOvertaken(long seed) {
        var random = new Random(seed);
        inbox.outages = random;
        inbox.outageShare = 0.05;
        var members = IntStream.range(0, 2)
                .mapToObj(number -> SimulatedMember.of(number, broker, () -> consumer(3), random))
                .toList();
        members.forEach(SimulatedMember::learnAssignment);
        var published = 0;
        for (var round = 0; inbox.effects.size() < EVENTS && round < 100_000; round++) {
            for (var arriving = random.nextInt(5); arriving > 0 && published < EVENTS; arriving--) {
                publishAtRandom(random, published++);
            }
            for (var member : members) {
                member.poll(1 + random.nextInt(20));
            }
            if (random.nextInt(4) == 0) {
                now += FOREVER.toNanos();
            }
            lifted ^= random.nextInt(40) == 0;
            disturb(members, random);
        }

        assertThat(inbox.effects).hasSize(EVENTS).doesNotHaveDuplicates();
        for (var key = 0; key < KEYS; key++) {
            var infix = " key-" + key + " ";
            assertThat(inbox.effects.stream()
                            .filter(effect -> effect.contains(infix))
                            .map(effect -> Integer.parseInt(effect.substring(effect.lastIndexOf(' ') + 1)))
                            .toList())
                    .as("effects of seed %d on key-%d", seed, key)
                    .isSorted();
        }
    }

    private void publishAtRandom(Random random, int number) {
        var key = random.nextInt(KEYS + 1);
        publish("t" + random.nextInt(3), key == KEYS ? null : "key-" + key, IntStream.of(number));
        if (random.nextInt(5) == 0) {
            broker.skip(new TopicPartition(TOPIC, random.nextInt(SimulatedBroker.PARTITIONS)));
        }
    }

    private void disturb(List<SimulatedMember> members, Random random) {
        if (random.nextInt(100) == 0) {
            members.get(random.nextInt(members.size())).restart();
        }
        if (random.nextInt(30) == 0) {
            var partition = new TopicPartition(TOPIC, random.nextInt(SimulatedBroker.PARTITIONS));
            broker.assign(partition, random.nextInt(members.size()));
            members.forEach(SimulatedMember::learnAssignment);
        }
    }

    private SimulatedMember member(int events) {
        var member = SimulatedMember.of(0, broker, () -> consumer(events), new Random(1));
        member.learnAssignment();
        return member;
    }

    private SourceTopicConsumer consumer(int events) {
        var handlers = TestHandlers.registry(new Handlers(), "test");
        return new SourceTopicConsumer(
                Set.of(TOPIC),
                inbox,
                new Lanes(List.of(TestLimits.of(handlers, events, FOREVER, () -> now, meters, () -> lifted)), meters),
                () -> now,
                CROWD);
    }

    private static List<String> subjects(String tenant, String key, IntStream numbers) {
        return numbers.mapToObj(number -> tenant + " " + key + " " + number).toList();
    }

    private static void poll(SimulatedMember member, int rounds) {
        for (var round = 0; round < rounds; round++) {
            member.poll(500);
        }
    }

    private void publish(String tenant, @Nullable String key, IntStream numbers) {
        TenantRecords.publish(broker, tenant, key, numbers);
    }
}
