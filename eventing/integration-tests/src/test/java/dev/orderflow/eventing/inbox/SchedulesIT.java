package dev.orderflow.eventing.inbox;

import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Runs random {@link Schedule}s, 150 by default ({@code -Dschedules=N}), from a random seed that a failure names
 * ({@code -Dseed=N -Dschedules=1} repeats it, up to how threads interleave).
 */
class SchedulesIT {

    private static ScheduleDatabase database;

    @BeforeAll
    static void open() {
        database = new ScheduleDatabase();
        ((Logger) LoggerFactory.getLogger("dev.orderflow.eventing.inbox")).setLevel(Level.ERROR);
    }

    @AfterAll
    static void close() {
        ((Logger) LoggerFactory.getLogger("dev.orderflow.eventing.inbox")).setLevel(null);
        database.close();
    }

    @Test
    void whateverHappensEachEventTakesEffectOnceAndInTheOrderOfItsKey() {
        var first = Long.getLong("seed", new Random().nextInt(1_000_000_000));
        try (var threads = Executors.newFixedThreadPool(4)) {
            run(first, threads);
        }
    }

    private static void run(long first, Executor threads) {
        for (var seed = first; seed < first + Integer.getInteger("schedules", 150); seed++) {
            var schedule = new Schedule(seed, database, threads);
            assertThatCode(schedule::run).as("-Dseed=%d", seed).doesNotThrowAnyException();
        }
    }
}
