package dev.orderflow.eventing.admin.deadletter;

import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.retry.Requeue;
import dev.orderflow.eventing.retry.SourceRecord;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.CannotAcquireLockException;

/** Replays that are cut off, shared by workers, or fail: each letter is sent once, and none is to blame for the database. */
class ReplayFailuresIT extends ReplayFixture {

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
