package dev.orderflow.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.orderflow.edge.problem.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TurnsTests {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final String CLIENT = "192.0.2.1";

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
        assertEnds(working);
        assertEnds(waiting);
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
        assertEnds(working);
        assertEnds(start(turns));
        assertThat(inside).hasValue(2);
    }

    @Test
    void aRequestBoundedElsewhereWaitsBeyondTheBound() {
        var turns = turns(1, 0, Duration.ofSeconds(10));
        var working = start(turns);
        await().until(() -> inside.get() == 1);
        var late = later(() -> turns.takeInAnyCase(() -> "done"));
        await().until(() -> turns.waiting() == 1);

        open.countDown();

        assertEnds(working);
        assertThat(late)
                .as("a request that waits in any case")
                .succeedsWithin(PATIENCE)
                .isEqualTo("done");
    }

    /** All that wait for one order want their turn when it changes. */
    @Test
    void aCrowdThatIsBoundedAlreadyLetsOthersThroughThatCameLater() {
        var turns = turns(1, 1, Duration.ofSeconds(10));
        var working = start(turns);
        await().until(() -> inside.get() == 1);
        var served = new ConcurrentLinkedQueue<String>();
        var crowd = IntStream.range(0, 50)
                .mapToObj(each -> later(() -> turns.takeInAnyCase(() -> served.add("crowd"))))
                .toList();
        await().until(() -> turns.waiting() == 50);
        var other = later(() -> turns.take(CLIENT, () -> served.add("other")));
        await().until(() -> turns.waiting() == 51);

        open.countDown();

        assertEnds(working);
        assertEnds(other);
        crowd.forEach(TurnsTests::assertEnds);
        assertThat(List.copyOf(served).indexOf("other")).isLessThanOrEqualTo(8);
        assertThat(served).hasSize(51);
    }

    @Test
    void whoeverOfACrowdHasWaitedForTooLongIsRefusedAndLeavesItsPlace() {
        var turns = turns(1, 0, Duration.ofMillis(50));
        var working = start(turns);
        await().until(() -> inside.get() == 1);

        var crowd = IntStream.range(0, 20)
                .mapToObj(each -> later(() -> turns.takeInAnyCase(() -> "done")))
                .toList();
        assertThat(crowd).allSatisfy(each -> assertThat(each).failsWithin(PATIENCE));
        assertThat(refused).hasValue(20);
        assertThat(turns.waiting()).isZero();

        open.countDown();
        assertEnds(working);
        assertThat(turns.takeInAnyCase(() -> "done")).isEqualTo("done");
    }

    @Test
    void aRequestThatTakesItsTurnItselfIsRefusedLikeOthers() {
        var turns = turns(1, 0, Duration.ofMinutes(1));
        var working = start(turns);
        await().until(() -> inside.get() == 1);

        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> turns.take(CLIENT, () -> "done"));

        open.countDown();
        assertEnds(working);
        assertThat(turns.take(CLIENT, () -> "done")).isEqualTo("done");
        assertThat(turns.take(CLIENT, () -> "done")).isEqualTo("done");
    }

    @Test
    void theClientWithMostWaitingRequestsIsRefusedFirst() {
        var turns = turns(1, 2, Duration.ofMinutes(1));
        var working = start(turns);
        await().until(() -> inside.get() == 1);
        var many = List.of(start(turns), start(turns));
        await().until(() -> turns.waiting() == 2);

        var other = later(() -> turns.take("2001:db8::1", () -> "done"));

        await().untilAsserted(() ->
                assertThat(many).filteredOn(CompletableFuture::isDone).hasSize(1));
        assertThat(refused).hasValue(1);
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> turns.take("2001:db8::2", () -> "of one site"));
        open.countDown();
        assertEnds(working);
        assertEnds(other);
    }

    private static void assertEnds(CompletableFuture<?> request) {
        assertThat(request).as("a request whose turn has come").succeedsWithin(PATIENCE);
    }

    private static <T> CompletableFuture<T> later(Supplier<T> request) {
        return CompletableFuture.supplyAsync(request, Executors.newVirtualThreadPerTaskExecutor());
    }

    private void assertRefused(Turns turns) {
        var before = refused.get();
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> turns.begin(CLIENT));
        assertThat(refused).hasValue(before + 1);
    }

    private Turns turns(int concurrent, int waiting, Duration patience) {
        return new Turns(concurrent, waiting, patience, refused::incrementAndGet);
    }

    private CompletableFuture<Void> start(Turns turns) {
        return CompletableFuture.runAsync(
                () -> {
                    turns.begin(CLIENT);
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
