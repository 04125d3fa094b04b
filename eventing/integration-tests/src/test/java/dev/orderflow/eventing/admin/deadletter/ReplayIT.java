package dev.orderflow.eventing.admin.deadletter;

import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.TYPE;
import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.all;
import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.of;
import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.ofType;
import static dev.orderflow.eventing.deadletter.DeadEvents.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.orderflow.eventing.admin.audit.Audit;
import dev.orderflow.eventing.deadletter.DeadEvents;
import dev.orderflow.eventing.retry.Requeue;
import dev.orderflow.eventing.retry.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.CannotAcquireLockException;

class ReplayIT {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static DeadLetterDatabase database;

    private final DeadLetterDesk desk = new DeadLetterDesk(database);
    private final List<ReplayWorker> workers = new ArrayList<>();

    @BeforeAll
    static void openDatabase() {
        database = new DeadLetterDatabase();
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @AfterEach
    void stopWorkers() {
        workers.forEach(ReplayWorker::stop);
    }

    @Test
    void oneLetterIsSentOnItsWayAndItsEndIsTold() {
        var one = desk.dies("a");
        var other = desk.dies("b");
        var replay = desk.replays.request(of(one), null, "me");
        assertThat(replay)
                .returns(Replays.State.RUNNING, Replays.View::state)
                .returns("me", Replays.View::requestedBy)
                .returns(1, Replays.View::total)
                .returns(1, Replays.View::queued);

        start(desk.worker());
        awaitDone(replay);
        assertThat(desk.requeue.sent()).containsExactly(one);
        assertThat(desk.stateOf(one)).isEqualTo(DeadLetter.State.REPLAYING);
        assertThat(desk.stateOf(other)).isEqualTo(DeadLetter.State.DEAD);
        assertThat(find(replay)).returns(1, Replays.View::replaying);

        desk.letters.tookEffect(List.of(one));
        assertThat(find(replay)).returns(0, Replays.View::replaying).returns(1, Replays.View::replayed);
    }

    @Test
    void severalAreSentInTheOrderInWhichTheyDied() {
        var dead =
                IntStream.range(0, 250).mapToObj(number -> desk.diesAlone("k")).toList();
        for (var number = 0; number < 250; number++) {
            desk.diedAt(dead.get(number), NOON.minusSeconds(number));
        }
        var replay = desk.replays.request(all(), null, "me");
        start(desk.worker());
        awaitDone(replay);

        assertThat(desk.requeue.sent()).containsExactlyElementsOf(dead.reversed());
        assertThat(find(replay)).returns(250, Replays.View::total).returns(250, Replays.View::replaying);
    }

    @Test
    void aChunkHasNoMoreBytesThanFitIntoMemory() {
        var megabyte = new byte[1 << 20];
        IntStream.range(0, 20).forEach(number -> {
            var source = DeadEvents.source("k" + number, TYPE);
            desk.bury(DeadEvents.event(
                    new SourceRecord(source.id(), TOPIC, 0, number, source.key(), TYPE, source.headers(), megabyte),
                    false,
                    new IllegalStateException("broken"),
                    1));
        });
        var replay = desk.replays.request(all(), null, "me");
        var chunks = desk.chunks(desk.requeue);

        assertThat(chunks.advance(replay.id())).contains(Duration.ZERO);
        assertThat(desk.requeue.sent()).hasSize(7);
        assertThat(chunks.advance(replay.id())).contains(Duration.ZERO);
        assertThat(chunks.advance(replay.id())).isEmpty();
        assertThat(desk.requeue.sent()).hasSize(20);
    }

    @Test
    void onlyWhatIsSelectedAndDiedBeforeIsSent() {
        var early = desk.dies("a");
        var late = desk.dies("b");
        desk.diedAt(early, NOON.minusSeconds(1));
        desk.diedAt(late, NOON);
        var otherType = desk.dies("c", "other.v1", new IllegalStateException());
        desk.diedAt(otherType, NOON.minusSeconds(1));
        var filter = ofType(TYPE).filter();
        var replay = desk.replays.request(new Selection(null, filter, null, NOON), null, "me");
        start(desk.worker());
        awaitDone(replay);

        assertThat(desk.requeue.sent()).containsExactly(early);
    }

    @Test
    void aLetterMayBeMeantByItsEventsIdAndOnlyADeadOneIsSent() {
        var dead = desk.dies("a");
        var over = desk.dies("b");
        desk.letters.tookEffect(List.of(over));

        assertThat(desk.replays
                        .request(of(desk.letter(dead).id(), over, UUID.randomUUID()), null, "me")
                        .total())
                .isEqualTo(1);
        assertThat(desk.replays.request(of(dead), null, "me").total()).isZero();
    }

    @Test
    void theRateIsKept() {
        IntStream.range(0, 21).forEach(number -> desk.dies("k" + number));
        var replay = desk.replays.request(all(), 40.0, "me");
        start(desk.worker());
        awaitDone(replay);

        var took = Duration.between(replay.requestedAt(), find(replay).finishedAt());
        assertThat(took).isBetween(Duration.ofMillis(490), Duration.ofSeconds(5));
    }

    @Test
    void afterABreakNoMoreThanOneSecondsWorthIsSentAtOnce() {
        IntStream.range(0, 30).forEach(number -> desk.dies("k" + number));
        var replay = desk.replays.request(all(), 10.0, "me");
        database.jdbc
                .sql("UPDATE dead_letter_replay SET due = due - interval '1 hour' WHERE id = ?")
                .param(replay.id())
                .update();
        var chunks = desk.chunks(desk.requeue);

        assertThat(chunks.advance(replay.id())).get().isNotEqualTo(Duration.ZERO);
        assertThat(desk.requeue.sent()).hasSize(10);
    }

    @Test
    void aWorkerThatWaitsForTheRateStopsAtOnce() {
        desk.dies("a");
        desk.dies("b");
        desk.replays.request(all(), 0.001, "me");
        var worker = start(desk.worker());
        await().until(() -> desk.requeue.sent().size() == 1);

        assertTimeout(Duration.ofMillis(900), () -> worker.stop());
        assertThat(worker.isRunning()).isFalse();
    }

    @Test
    void aSlowReplayDoesNotHoldUpAnother() {
        IntStream.range(0, 5).forEach(number -> desk.dies("slow" + number));
        desk.replays.request(all(), 0.001, "me");
        var fast = desk.dies("fast");
        var replay = desk.replays.request(of(fast), null, "me");
        start(desk.worker());

        awaitDone(replay);
        assertThat(desk.requeue.sent()).contains(fast).hasSize(2);
    }

    @Test
    void aRequestWakesTheWorker() {
        var worker = start(desk.worker());
        var replays = new Replays(desk.jdbc, desk.consumer, desk.transaction, desk.audit, worker::wake);
        desk.dies("a");
        var replay = replays.request(all(), null, "me");

        await().atMost(Duration.ofSeconds(3)).until(() -> find(replay).state() == Replays.State.DONE);
    }

    @Test
    void aReplayThatWasCutOffInTheMiddleOfAChunkIsContinuedByAnotherWorker() {
        var dead = IntStream.range(0, 250)
                .mapToObj(number -> desk.dies("k" + number))
                .toList();
        var replay = desk.replays.request(all(), null, "me");
        var calls = new AtomicInteger();
        var crashing = desk.chunks(through((source, holdsKey) -> {
            if (calls.incrementAndGet() == 150) {
                throw new StackOverflowError("the process is killed");
            }
            return desk.requeue.again(source, holdsKey);
        }));
        crashing.advance(replay.id());
        assertThatThrownBy(() -> crashing.advance(replay.id())).isInstanceOf(StackOverflowError.class);
        assertThat(desk.requeue.sent()).hasSize(100);

        start(desk.worker());
        awaitDone(replay);
        assertThat(desk.requeue.sent()).containsExactlyInAnyOrderElementsOf(dead);
    }

    @Test
    void aWorkerThatIsStoppedLeavesTheRestToTheNext() {
        IntStream.range(0, 60).forEach(number -> desk.dies("k" + number));
        var replay = desk.replays.request(all(), 50.0, "me");
        var first = start(desk.worker());
        await().until(() -> desk.requeue.sent().size() >= 5);
        first.stop();
        assertThat(find(replay).queued()).isPositive();

        start(desk.worker());
        awaitDone(replay);
        assertThat(desk.requeue.sent()).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void twoWorkersAtOnceSendEachLetterOnce() {
        IntStream.range(0, 600).forEach(number -> desk.diesAlone("k" + number));
        var replay = desk.replays.request(all(), null, "me");
        start(desk.worker());
        start(desk.worker());
        awaitDone(replay);

        assertThat(desk.requeue.sent()).hasSize(600).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNotDeadIsNotSent() {
        var onItsWay = desk.dies("a");
        var unknown = desk.dies("b");
        database.jdbc
                .sql("UPDATE key_hold SET state = 'RETRYING' WHERE event_id = ?")
                .param(onItsWay)
                .update();
        database.jdbc
                .sql("DELETE FROM key_hold WHERE event_id = ?")
                .param(unknown)
                .update();
        var replay = desk.replays.request(all(), null, "me");
        start(desk.worker());
        awaitDone(replay);

        assertThat(desk.requeue.sent()).isEmpty();
        assertThat(desk.stateOf(onItsWay)).isEqualTo(DeadLetter.State.REPLAYING);
        assertThat(desk.stateOf(unknown)).isEqualTo(DeadLetter.State.DEAD);
        assertThat(find(replay)).returns(1, Replays.View::replaying).returns(1, Replays.View::deadAgain);
    }

    @Test
    void aLetterThatCannotBeSentIsGivenBackAndDoesNotStopTheOthers() {
        var bad = desk.dies("bad");
        var good = desk.dies("good");
        var replay = desk.replays.request(all(), null, "me");
        start(new ReplayWorker(desk.chunks(through((source, holdsKey) -> {
            if (source.id().equals(bad)) {
                throw new IllegalStateException("cannot be written");
            }
            return desk.requeue.again(source, holdsKey);
        }))));
        awaitDone(replay);

        assertThat(desk.requeue.sent()).containsExactly(good);
        assertThat(desk.stateOf(bad)).isEqualTo(DeadLetter.State.DEAD);
        assertThat(find(replay)).returns(1, Replays.View::deadAgain);
    }

    @Test
    void aDeadlockIsNotTheLettersFault() {
        var dead = desk.dies("a");
        var replay = desk.replays.request(all(), null, "me");
        var calls = new AtomicInteger();
        start(new ReplayWorker(desk.chunks(through((source, holdsKey) -> {
            if (calls.incrementAndGet() < 5) {
                throw new CannotAcquireLockException("deadlock detected");
            }
            return desk.requeue.again(source, holdsKey);
        }))));
        awaitDone(replay);

        assertThat(desk.stateOf(dead)).isEqualTo(DeadLetter.State.REPLAYING);
    }

    /** Uses the SQL states of the statement, idle in transaction, transaction and lock timeouts. */
    @ParameterizedTest
    @ValueSource(strings = {"57014", "25P03", "25P04", "55P03"})
    void aTimeLimitOfTheDatabaseIsNotTheLettersFault(String sqlState) {
        var dead = desk.dies("a");
        var replay = desk.replays.request(all(), null, "me");
        var calls = new AtomicInteger();
        start(new ReplayWorker(desk.chunks(through((source, holdsKey) -> {
            if (calls.incrementAndGet() < 5) {
                desk.jdbc
                        .sql("DO $$ BEGIN RAISE EXCEPTION 'test' USING ERRCODE = '" + sqlState + "'; END $$")
                        .update();
            }
            return desk.requeue.again(source, holdsKey);
        }))));
        awaitDone(replay);

        assertThat(desk.stateOf(dead)).isEqualTo(DeadLetter.State.REPLAYING);
    }

    @Test
    void keysAreLockedInAFixedOrder() {
        var second = desk.dies("b");
        var first = desk.dies("a");
        var replay = desk.replays.request(all(), null, "me");
        desk.chunks(desk.requeue).advance(replay.id());

        assertThat(desk.requeue.sent()).containsExactly(first, second);
    }

    @Test
    void discardingWhatIsQueuedEndsAReplay() {
        IntStream.range(0, 5).forEach(number -> desk.dies("k" + number));
        var replay = desk.replays.request(all(), 0.001, "me");
        start(desk.worker());
        await().until(() -> desk.requeue.sent().size() == 1);
        desk.discards.discard(ofType(TYPE), "not after all", "me");

        awaitDone(replay);
        assertThat(find(replay)).returns(4, Replays.View::discarded).returns(1, Replays.View::replaying);
    }

    @Test
    void requestAndResultAreAudited() {
        var who = desk.consumer;
        desk.dies("a");
        var replay = desk.replays.request(ofType(TYPE), null, who);
        start(desk.worker());
        awaitDone(replay);

        var deeds = desk.audit.page(null, 500, null).items().stream()
                .filter(entry -> entry.who().equals(who))
                .toList();
        assertThat(deeds)
                .extracting(Audit.Entry::action)
                .containsExactly(Audit.REPLAY_FINISHED, Audit.REPLAY_REQUESTED);
        assertThat(deeds.getFirst().target()).contains(replay.id().toString());
        assertThat(deeds.getFirst().result()).contains("\"replaying\": 1", "\"state\": \"DONE\"");
        assertThat(deeds.getLast().target()).isEqualTo("{\"filter\": {\"type\": \"" + TYPE + "\"}}");
        assertThat(deeds.getLast().result()).contains("\"total\": 1");
    }

    @Test
    void replaysAreListedTheNewestFirst() {
        var first = desk.replays.request(all(), null, "me");
        var second = desk.replays.request(all(), null, "me");

        var page = desk.replays.page(1, null);
        assertThat(page.items()).extracting(Replays.View::id).containsExactly(second.id());
        assertThat(desk.replays.page(1, page.nextCursor()).items())
                .extracting(Replays.View::id)
                .containsExactly(first.id());
    }

    private ReplayWorker start(ReplayWorker worker) {
        workers.add(worker);
        worker.start();
        return worker;
    }

    private void awaitDone(Replays.View replay) {
        await().atMost(Duration.ofSeconds(30)).until(() -> find(replay).state() == Replays.State.DONE);
    }

    private Replays.View find(Replays.View replay) {
        return desk.replays.find(replay.id());
    }

    @FunctionalInterface
    private interface Again {
        boolean again(SourceRecord source, boolean holdsKey);
    }

    private Requeue through(Again again) {
        return new Requeue() {
            @Override
            public boolean again(SourceRecord source, boolean holdsKey) {
                return again.again(source, holdsKey);
            }

            @Override
            public int giveUp(Collection<UUID> eventIds) {
                return desk.requeue.giveUp(eventIds);
            }
        };
    }
}
