package dev.orderflow.eventing.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.loop.Loop.LoopStatus;
import dev.orderflow.eventing.loop.Loop.Work;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoopTests {

    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration NEVER = Duration.ofMinutes(10);

    private final AtomicInteger rounds = new AtomicInteger();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();
    private final Loop loop = Loop.onPlatformThread("test");
    private @Nullable Work started;

    @AfterEach
    void end() {
        loop.end(Duration.ZERO, Duration.ofSeconds(10));
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new OutOfMemoryError("test"),
                new StackOverflowError("test"),
                new NoClassDefFoundError("test"),
                new AssertionError("test"),
                new IllegalStateException("test"),
                new InterruptedException("test"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void nothingThatARoundThrowsEndsIt(Throwable failure) {
        start(new TestWork() {
            @Override
            public Duration round() {
                if (rounds.incrementAndGet() == 2) {
                    throw LoopTests.<RuntimeException>unchecked(failure);
                }
                return SOON;
            }
        });

        await().until(() -> rounds.get() > 5);
        assertThat(failures).containsExactly(failure);
        assertThat(loop.status().failure()).isNull();
    }

    @Test
    void whatDropsTheStateOfAFailedRoundIsCalledUntilItSucceeds() {
        var attempts = new AtomicInteger();
        start(new TestWork() {
            @Override
            public Duration round() {
                if (rounds.incrementAndGet() == 1) {
                    throw new AssertionError("test");
                }
                return SOON;
            }

            @Override
            public Duration failed(Throwable cause) {
                if (attempts.incrementAndGet() < 3) {
                    assertThat(rounds).hasValue(1);
                    throw new OutOfMemoryError("test");
                }
                return SOON;
            }
        });

        await().until(() -> rounds.get() > 1);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void anInterruptBySomebodyElseDoesNotEndIt() {
        var thread = new CountDownLatch(1);
        start(new TestWork() {
            @Override
            public Duration round() {
                if (rounds.incrementAndGet() == 1) {
                    Thread.currentThread().interrupt();
                    thread.countDown();
                }
                return SOON;
            }
        });

        await().until(() -> rounds.get() > 5);
    }

    @Test
    void whatWakesItDoesNotShortenTheTimeUntilTheNextAttempt() {
        start(new TestWork() {
            @Override
            public Duration round() {
                rounds.incrementAndGet();
                throw new IllegalStateException("away");
            }

            @Override
            public Duration failed(Throwable cause) {
                failures.add(cause);
                return NEVER;
            }
        });
        await().until(() -> failures.size() == 1);

        loop.wake();

        await().during(Duration.ofMillis(200)).until(() -> rounds.get() == 1);
    }

    @Test
    void itIsWokenFromItsRestAndForOneRoundByWhatComesDuringARound() {
        var inside = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        start(new TestWork() {
            @Override
            public Duration round() throws InterruptedException {
                if (rounds.incrementAndGet() == 1) {
                    inside.countDown();
                    mayEnd.await();
                }
                return NEVER;
            }
        });
        await().until(() -> inside.getCount() == 0);

        loop.wake();
        loop.wake();
        mayEnd.countDown();

        await().until(() -> rounds.get() == 2);
        await().during(Duration.ofMillis(100)).until(() -> rounds.get() == 2);
        loop.wake();
        await().until(() -> rounds.get() == 3);
    }

    @Test
    void itEndsAfterTheRoundAtHandAndCanStartAgain() {
        start(new TestWork() {
            @Override
            public Duration round() {
                rounds.incrementAndGet();
                return NEVER;
            }
        });
        await().until(() -> rounds.get() == 1);

        loop.end(Duration.ofSeconds(10), Duration.ZERO);
        assertThat(ended).hasValue(1);
        assertThat(loop.isRunning()).isFalse();
        assertThat(loop.status().state()).isEqualTo(LoopStatus.State.STOPPED);

        loop.start(started);
        await().until(() -> rounds.get() == 2);
        assertThat(loop.status().state()).isIn(LoopStatus.State.WORKING, LoopStatus.State.RESTING);
    }

    @Test
    void aRoundThatHangsIsInterruptedWhenItIsToEnd() {
        var hanging = new CountDownLatch(1);
        start(new TestWork() {
            @Override
            public Duration round() throws InterruptedException {
                hanging.countDown();
                new CountDownLatch(1).await();
                return NEVER;
            }
        });
        await().until(() -> hanging.getCount() == 0);

        loop.end(Duration.ofMillis(10), Duration.ofSeconds(10));

        assertThat(ended).hasValue(1);
        assertThat(failures).isEmpty();
    }

    private void start(Work work) {
        started = work;
        loop.start(work);
    }

    @SuppressWarnings(
            "unchecked") // Rounds of other people's code throw checked exceptions without declaring them, too.
    private static <E extends Throwable> E unchecked(Throwable failure) throws E {
        throw (E) failure;
    }

    private abstract class TestWork implements Work {

        @Override
        public Duration failed(Throwable cause) {
            failures.add(cause);
            return SOON;
        }

        @Override
        public void ended() {
            ended.incrementAndGet();
        }
    }
}
