package dev.orderflow.eventing.deadletter;

import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.eventing.RetentionClock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes dead letters that were replayed or discarded long ago, with their payloads. One that waits for an operator stays,
 * however old it is. Any number of instances may run it at the same time.
 */
class DeadLetterRetention implements PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterRetention.class);

    /** Letters per statement; a payload may have a megabyte. */
    private static final int AT_ONCE = 500;

    private static final Duration PERIOD = Duration.ofHours(1);

    /** Longest run; the next one continues. */
    private static final Duration LONGEST_RUN = Duration.ofSeconds(20);

    /** Served by dead_letter_state. An event may die again meanwhile, and is then not closed. */
    private static final String DELETE = """
            DELETE FROM eventing.dead_letter
            WHERE id = ANY (ARRAY(SELECT id
                                  FROM eventing.dead_letter
                                  WHERE consumer = :consumer AND state IN ('REPLAYED', 'DISCARDED')
                                    AND died_at < :time AND closed_at < :time
                                  LIMIT :limit
                                  FOR UPDATE SKIP LOCKED))
              AND closed_at < :time
            """;

    private final JdbcClient jdbc;
    private final String consumer;
    private final RetentionClock clock;
    private final Duration retention;
    private final Counter expired;

    DeadLetterRetention(
            JdbcClient jdbc, String consumer, RetentionClock clock, Duration retention, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.consumer = consumer;
        this.clock = clock;
        this.retention = retention;
        this.expired = meters.counter("eventing.deadletters.expired", "group", consumer);
    }

    @Override
    public String name() {
        return "dead-letter-retention";
    }

    @Override
    public Duration period() {
        return PERIOD;
    }

    @Override
    public void run() {
        clock.cutOff(retention).ifPresent(this::deleteOlderThan);
    }

    private void deleteOlderThan(Instant time) {
        var end = System.nanoTime() + LONGEST_RUN.toNanos();
        var letters = 0L;
        int chunk;
        do {
            chunk = jdbc.sql(DELETE)
                    .param("consumer", consumer)
                    .param("time", time.atOffset(ZoneOffset.UTC))
                    .param("limit", AT_ONCE)
                    .update();
            letters += chunk;
        } while (chunk > 0 && System.nanoTime() - end < 0);
        expired.increment(letters);
        if (letters > 0) {
            LOG.info("retention=applied what=dead-letters count={} retention={}", letters, retention);
        }
    }
}
