package dev.orderflow.eventing.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WitnessedTimeIT {

    private static final Duration WEEK = Duration.ofDays(7);

    private final UpkeepDatabase database = new UpkeepDatabase();
    private final WitnessedTime witnessed = new WitnessedTime(database.jdbc);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void nothingIsOldBeforeTheRetentionHasPassed() {
        database.passes(WEEK.minusHours(1), witnessed);
        assertThat(witnessed.before(WEEK)).isEmpty();

        database.passes(Duration.ofHours(2), witnessed);
        assertThat(witnessed.before(WEEK)).isPresent();
    }

    @Test
    void whatIsOldIsOlderThanTheRetention() {
        database.passes(WEEK.multipliedBy(2), Duration.ofHours(1), witnessed);

        var past = witnessed.before(WEEK).orElseThrow();
        assertThat(past.time()).isCloseTo(database.now().minus(WEEK), within(61, ChronoUnit.MINUTES));
        assertThat(past.time()).isBeforeOrEqualTo(database.now().minus(WEEK));
    }

    @Test
    void aClockThatJumpsAheadMakesNothingOld() {
        database.clockMoves(Duration.ofDays(30));
        for (var times = 0; times < 5; times++) {
            witnessed.mark();
            assertThat(witnessed.before(WEEK)).isEmpty();
        }
    }

    @Test
    void aClockThatJumpsToAndFroMakesNothingOld() {
        for (var times = 0; times < 20; times++) {
            database.clockMoves(Duration.ofDays(30));
            witnessed.mark();
            database.clockMoves(Duration.ofDays(-30));
            witnessed.mark();
        }
        assertThat(witnessed.before(WEEK)).isEmpty();
    }

    @Test
    void aRowWrittenWhileTheClockWasBehindIsOldOnlyWhenThatPeriodIs() {
        database.passes(WEEK.multipliedBy(2), witnessed);

        database.clockMoves(Duration.ofDays(-30));
        witnessed.mark();
        var written = database.now();
        database.clockMoves(Duration.ofDays(30));
        witnessed.mark();

        var stamped = written.minus(Duration.ofDays(30));
        assertThat(witnessed.before(WEEK).orElseThrow().time()).isBeforeOrEqualTo(stamped);

        database.passes(WEEK.plusHours(2), witnessed);
        assertThat(witnessed.before(WEEK).orElseThrow().time()).isAfter(stamped);
    }

    @Test
    void severalInstancesCountTheSameTimeOnce() throws Exception {
        database.clockMoves(Duration.ofHours(5));
        try (var threads = Executors.newFixedThreadPool(8)) {
            var instances = Collections.nCopies(8, Executors.callable(() -> new WitnessedTime(database.jdbc).mark()));
            for (var each : threads.invokeAll(instances)) {
                each.get();
            }
        }

        assertThat(witnessed.before(Duration.ofHours(5))).isPresent();
        assertThat(witnessed.before(Duration.ofHours(6))).isEmpty();
    }

    @Test
    void marksThatAreGoneBeginAnew() {
        database.passes(WEEK, witnessed);
        database.jdbc.sql("DELETE FROM upkeep_mark").update();

        witnessed.mark();

        assertThat(witnessed.before(Duration.ofHours(1))).isEmpty();
        assertThat(witnessed.before(Duration.ZERO)).isPresent();
    }

    @Test
    void aServiceThatSleptKeepsWhatItHad() {
        database.passes(Duration.ofDays(1), witnessed);
        database.clockMoves(Duration.ofDays(60));
        witnessed.mark();

        assertThat(witnessed.before(WEEK)).isEmpty();
    }

    @Test
    void transactionsThatMayStillRunAreNotOld() {
        database.transaction.executeWithoutResult(status -> {
            var running = database.jdbc
                    .sql("SELECT pg_current_xact_id()::text::bigint")
                    .query(Long.class)
                    .single();
            database.passes(WEEK.plusHours(1), new WitnessedTime(database.jdbc));

            assertThat(witnessed.before(WEEK).orElseThrow().txid()).isLessThanOrEqualTo(running);
        });
    }
}
