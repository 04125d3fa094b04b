package dev.orderflow.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.orderflow.edge.problem.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TurnsTests {

    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final CountDownLatch open = new CountDownLatch(1);

    @AfterEach
    void letAllGo() {
        open.countDown();
    }

    @Test
    void aRequestBeyondTheBoundsIsRefusedAtOnce() {
        var turns = turns(1, 1, Duration.ofMinutes(1));
        var working = start(turns);
        await().until(() -> inside.get() == 1);
        var waiting = start(turns);
        await().until(() -> turns.waiting() == 1);

        assertRefused(turns);

        open.countDown();
        working.join();
        waiting.join();
        assertThat(inside).hasValue(2);
    }

    @Test
    void aRequestThatWaitsTooLongIsRefusedAndFreesItsPlace() {
        var turns = turns(1, 1, Duration.ofMillis(50));
        var working = start(turns);
        await().until(() -> inside.get() == 1);

        assertRefused(turns);
        assertThat(turns.waiting()).isZero();

        open.countDown();
        working.join();
        start(turns).join();
        assertThat(inside).hasValue(2);
    }

    @Test
    void aRequestBoundedElsewhereWaitsBeyondTheBound() {
        var turns = turns(1, 0, Duration.ofSeconds(10));
        var working = start(turns);
        await().until(() -> inside.get() == 1);
        var late = CompletableFuture.supplyAsync(
                () -> turns.takeInAnyCase(() -> "done"), Executors.newVirtualThreadPerTaskExecutor());
        await().until(() -> turns.waiting() == 1);

        open.countDown();

        working.join();
        assertThat(late.join()).isEqualTo("done");
    }

    @Test
    void aRequestThatTakesItsTurnItselfIsRefusedLikeOthers() {
        var turns = turns(1, 0, Duration.ofMinutes(1));
        var working = start(turns);
        await().until(() -> inside.get() == 1);

        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> turns.take(() -> "done"));

        open.countDown();
        working.join();
        assertThat(turns.take(() -> "done")).isEqualTo("done");
        assertThat(turns.take(() -> "done")).isEqualTo("done");
    }

    private void assertRefused(Turns turns) {
        var before = refused.get();
        assertThatExceptionOfType(Refusal.class).isThrownBy(turns::begin);
        assertThat(refused).hasValue(before + 1);
    }

    private Turns turns(int concurrent, int waiting, Duration patience) {
        return new Turns(concurrent, waiting, patience, refused::incrementAndGet);
    }

    private CompletableFuture<Void> start(Turns turns) {
        return CompletableFuture.runAsync(
                () -> {
                    turns.begin();
                    try {
                        inside.incrementAndGet();
                        open.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        turns.end();
                    }
                },
                Executors.newVirtualThreadPerTaskExecutor());
    }
}
