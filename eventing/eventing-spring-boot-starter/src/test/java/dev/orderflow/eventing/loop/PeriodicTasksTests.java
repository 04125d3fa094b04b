package dev.orderflow.eventing.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.eventing.loop.Loop.LoopStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodicTasksTests {

    private final AtomicInteger runs = new AtomicInteger();
    private Runnable work = () -> {};
    private Duration period = Duration.ofMillis(1);
    private final PeriodicTasks tasks = new PeriodicTasks(List.of(new PeriodicTask() {
        @Override
        public String name() {
            return "chores";
        }

        @Override
        public Duration period() {
            return period;
        }

        @Override
        public void run() {
            runs.incrementAndGet();
            work.run();
        }
    }));

    @AfterEach
    void stop() {
        tasks.stop();
    }

    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, StackOverflowError.class, NoClassDefFoundError.class})
    void aTaskIsRunAgainWhateverItThrows(Class<? extends Error> type) {
        work = () -> {
            throw error(type);
        };
        tasks.start();

        await().until(() -> runs.get() > 5);
        assertThat(tasks.loops())
                .extracting(Loop::status)
                .singleElement()
                .satisfies(status -> assertThat(status)
                        .returns("chores", LoopStatus::name)
                        .returns(type.getName(), LoopStatus::failure));
    }

    @Test
    void theFirstRunIsOnePeriodAfterTheStart() {
        period = Duration.ofHours(1);
        tasks.start();

        await().until(() ->
                tasks.loops().stream().allMatch(loop -> loop.status().state() == LoopStatus.State.RESTING));
        assertThat(runs).hasValue(0);
    }

    @Test
    void stoppingEndsARunAtOnceAndATaskCanBeStartedAgain() {
        work = () -> {
            try {
                Thread.currentThread().join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        tasks.start();
        await().until(() -> runs.get() == 1);

        tasks.stop();
        tasks.start();

        await().until(() -> runs.get() == 2);
    }

    private static Error error(Class<? extends Error> type) {
        try {
            return type.getDeclaredConstructor(String.class).newInstance("test");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
