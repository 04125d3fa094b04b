package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.retry.RetryTopics;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Closed;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AccountEvent.Noted;
import dev.orderflow.eventing.sample.AccountEvent.Opened;
import dev.orderflow.eventing.sample.AccountEvent.Pledged;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Retries, dead letters and replays of failed events. The sample application has three retry levels. */
class RetryIT extends RetryFixture {

    @Test
    void aFailedEventIsTriedAgainBeforeAnyLaterOneOfItsKeyAndWithoutATraceOfFailedAttempts() {
        faults.fail(account, 3);
        publish(new Opened(account), new Deposited(account, 1), new Deposited(account, 2), new Closed(account, ""));

        await().untilAsserted(() -> assertThat(effects.of(account)).hasSize(4));
        assertThat(effects.of(account)).containsExactly("opened", "deposited 1", "deposited 2", "closed");
        assertThat(faults.failuresLeft(account)).isZero();
        assertThat(states()).isEmpty();
    }

    @Test
    void itGoesFromTopicToTopicWithThoseBehindItAndItsHeadersDoNotGrow() {
        faults.fail(account, 3);
        publish(new Deposited(account, 1), new Deposited(account, 2));
        await().untilAsserted(() -> assertThat(effects.of(account)).hasSize(2));

        var rounds = IntStream.rangeClosed(1, 3)
                .mapToObj(level -> recordsOf("sample.retry-" + level))
                .toList();
        assertThat(rounds).allSatisfy(records -> assertThat(records).hasSizeGreaterThanOrEqualTo(2));
        var original = recordsOf(AccountEvent.TOPIC).getFirst().headers().toArray().length;
        assertThat(rounds)
                .allSatisfy(records -> assertThat(records)
                        .allSatisfy(message ->
                                assertThat(message.headers().toArray()).hasSize(original + 8)));
        assertThat(rounds.stream()
                        .map(records -> CloudEventHeaders.read(
                                        records.getFirst().headers())
                                .id()))
                .containsOnly(eventIds().getFirst());
    }

    @Test
    void otherKeysGoOnWhileOneKeyFails() {
        var others = accounts(50);
        faults.fail(account, Integer.MAX_VALUE);
        publish(new Opened(account), new Deposited(account, 1), new Deposited(account, 2));
        inTransaction(() -> others.forEach(other -> events.publish(new Deposited(other, 7))));

        await().untilAsserted(() -> assertThat(others)
                .allSatisfy(other -> assertThat(effects.of(other)).containsExactly("deposited 7")));
        assertThat(effects.of(account)).containsExactly("opened");
        await().untilAsserted(() -> assertThat(states()).containsExactly("DEAD", "PARKED"));
    }

    @Test
    void whenItsRetriesAreExhaustedAnEventIsDeadAndThoseBehindItWaitUntilItIsReplayed() {
        faults.fail(account, Integer.MAX_VALUE);
        publish(new Deposited(account, 1), new Deposited(account, 2));
        await().untilAsserted(() -> assertThat(states()).containsExactly("DEAD", "PARKED"));
        publish(new Closed(account, ""));
        await().untilAsserted(() -> assertThat(states()).containsExactly("DEAD", "PARKED", "PARKED"));

        await().untilAsserted(() -> assertThat(deadLetters()).hasSize(1));
        var dead = deadLetters();
        assertThat(CloudEventHeaders.read(dead.getFirst().headers()).id())
                .isEqualTo(eventIds().getFirst());
        assertThat(text(dead.getFirst(), "dead_attempts")).isEqualTo("4");
        assertThat(text(dead.getFirst(), "dead_handler")).isEqualTo("AccountEventHandlers.deposit");

        faults.clear();
        inTransaction(() -> assertThat(requeue.again(source(0), true)).isTrue());
        await().untilAsserted(
                        () -> assertThat(effects.of(account)).containsExactly("deposited 1", "deposited 2", "closed"));
        assertThat(states()).isEmpty();
        inTransaction(() -> assertThat(requeue.again(source(0), true)).isFalse());
    }

    @Test
    void whenADeadEventIsGivenUpThoseBehindItGoOn() {
        faults.failForGood(account);
        publish(new Deposited(account, 1), new Closed(account, "a"), new Closed(account, "b"));
        await().untilAsserted(() -> assertThat(states()).containsExactly("DEAD", "PARKED", "PARKED"));

        inTransaction(() -> assertThat(requeue.giveUp(eventIds().subList(0, 1))).isEqualTo(2));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("closed", "closed"));
        assertThat(states()).isEmpty();
    }

    @Test
    void moreEventsThanFollowAtOnceFollowInOrder() {
        faults.failForGood(account);
        publish(new Deposited(account, -1));
        await().untilAsserted(() -> assertThat(states()).containsExactly("DEAD"));
        inTransaction(() -> IntStream.range(0, 250).forEach(n -> events.publish(new Deposited(account, n))));
        await().untilAsserted(() -> assertThat(states()).hasSize(251));

        faults.clear();
        inTransaction(() -> requeue.again(source(0), true));

        await().untilAsserted(() -> assertThat(effects.of(account)).hasSize(251));
        assertThat(effects.of(account))
                .containsExactlyElementsOf(
                        IntStream.range(-1, 250).mapToObj(n -> "deposited " + n).toList());
    }

    @Test
    void anEventOfAHandlerThatDoesNotMindTheOrderHoldsNobodyOnceItIsDead() {
        faults.failForGood(account);
        publish(new Noted(account, "first"), new Closed(account, ""));

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("closed"));
        await().untilAsserted(() -> assertThat(deadLetters()).hasSize(1));

        faults.clear();
        inTransaction(() -> assertThat(requeue.again(source(0), false)).isTrue());
        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("closed", "noted first"));
        assertThat(states()).isEmpty();
    }

    /** The event is replayed aside of its key; its handler may ask for a hold by now. */
    @Test
    void aReplayedEventThatDiesAsideCanBeReplayedAgain() {
        faults.failForGood(account);
        publish(new Noted(account, "first"));
        await().untilAsserted(() -> assertThat(deadLetters()).hasSize(1));
        var id = eventIds().getFirst();
        inTransaction(() -> assertThat(requeue.again(source(0), false)).isTrue());
        await().untilAsserted(() -> assertThat(deadLetters()).hasSize(2));
        jdbc.sql("""
                INSERT INTO key_hold (consumer, event_id, topic, key, type, state, hop, level, due, attempts,
                                      source_partition, source_offset)
                VALUES ('sample', ?, ?, ?, 'sample.account.noted.v1', 'DEAD', 5, 0, now(), '[]', 0, 0)
                """).params(id, AccountEvent.TOPIC, id.toString()).update();

        faults.clear();
        inTransaction(() -> assertThat(requeue.again(source(0), true)).isTrue());

        await().untilAsserted(() -> assertThat(effects.of(account)).containsExactly("noted first"));
        assertThat(states(id.toString())).isEmpty();
    }

    @Test
    void topicsOnWhichEventsStillWaitAreReadThoughFewerLevelsAreConfigured() {
        jdbc.sql("""
                INSERT INTO key_hold (consumer, event_id, topic, key, type, state, hop, level, due, attempts,
                                      source_partition, source_offset)
                VALUES ('fewer', ?, 'topic', 'key', 'type', 'RETRYING', 5, 5, now(), '[]', 0, 0)
                """).params(UUID.randomUUID()).update();

        assertThat(RetryTopics.of("fewer", 2, database.client()).count()).isEqualTo(5);
        assertThat(RetryTopics.of("none", 2, database.client()).count()).isEqualTo(2);
    }

    @Test
    void copiesOfADivertedEventHaveNoEffect() {
        faults.fail(account, 2);
        publish(new Deposited(account, 1), new Deposited(account, 2));
        await().untilAsserted(() -> assertThat(recordsOf("sample.retry-1")).hasSizeGreaterThanOrEqualTo(2));
        produce(recordsOf(AccountEvent.TOPIC).stream().map(SampleIT::copy).toList());
        produce(recordsOf("sample.retry-1").stream().map(SampleIT::copy).toList());
        publish(new Closed(account, "after the copies"));

        await().untilAsserted(() -> assertThat(effects.of(account)).contains("closed"));
        assertThat(effects.of(account)).containsExactly("deposited 1", "deposited 2", "closed");
        assertThat(states()).isEmpty();
    }

    @Test
    void anEventThatCallsOutIsTriedAgainInItsOrderToo() {
        faults.fail(account, 2);
        publish(new Pledged(account, 1), new Pledged(account, 2), new Deposited(account, 3));

        await().untilAsserted(
                        () -> assertThat(effects.of(account)).containsExactly("pledged 1", "pledged 2", "deposited 3"));
        assertThat(faults.calls.stream().map(Pledged::amount).distinct()).containsExactly(1L, 2L);
    }

    private List<UUID> eventIds() {
        return recordsOf(AccountEvent.TOPIC).stream()
                .map(message -> CloudEventHeaders.read(message.headers()).id())
                .toList();
    }

    /** Returns the account's n-th event. */
    private SourceRecord source(int number) {
        var message = recordsOf(AccountEvent.TOPIC).get(number);
        var metadata = CloudEventHeaders.read(message.headers());
        return new SourceRecord(
                metadata.id(),
                message.topic(),
                message.partition(),
                message.offset(),
                message.key(),
                metadata.type(),
                message.headers(),
                message.value());
    }

    private static List<String> accounts(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> UUID.randomUUID().toString())
                .toList();
    }
}
