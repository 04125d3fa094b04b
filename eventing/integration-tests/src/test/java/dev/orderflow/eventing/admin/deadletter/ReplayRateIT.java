package dev.orderflow.eventing.admin.deadletter;

import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.all;
import static dev.orderflow.eventing.admin.deadletter.DeadLetterDesk.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests that a replay keeps its rate, begins on request, and does not wait for another replay. */
class ReplayRateIT extends ReplayFixture {

    @Test
    void theRateIsKept() {
        IntStream.range(0, 21).forEach(number -> desk.dies("k" + number));
        var replay = desk.replays.request(all(), 40.0, "me");
        start(desk.worker());
        awaitDone(replay);

        var took = Duration.between(replay.requestedAt(), find(replay).finishedAt());
        assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(490));
    }

    @Test
    void betweenTwoLettersNobodyPausesForLongerThanTheRateAsks() {
        IntStream.range(0, 21).forEach(number -> desk.dies("k" + number));
        var replay = desk.replays.request(all(), 2.0, "me");

        assertThat(desk.chunks(desk.requeue).advance(replay.id()))
                .get()
                .isNotEqualTo(Duration.ZERO)
                .matches(pause -> pause.compareTo(Duration.ofMillis(500)) <= 0);
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
    void aWorkerThatWaitsForTheRateStopsWithoutWaitingForIt() {
        desk.dies("a");
        desk.dies("b");
        desk.replays.request(all(), 0.001, "me");
        var worker = start(desk.worker());
        await().until(() -> desk.requeue.sent().size() == 1);

        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> worker.stop());
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
        var rounds = new AtomicInteger();
        var worker = start(new ReplayWorker(desk.chunks(desk.requeue)) {
            @Override
            public Duration round() {
                super.round();
                rounds.incrementAndGet();
                return Duration.ofHours(1);
            }
        });
        await().until(() -> rounds.get() == 1);
        var replays = new Replays(desk.jdbc, desk.consumer, desk.transaction, desk.audit, worker::wake);
        desk.dies("a");
        var replay = replays.request(all(), null, "me");

        awaitDone(replay);
    }
}
