package dev.orderflow.eventing.outbox;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The database's time, in milliseconds since the epoch, asked for now and then. Records have it as their timestamp, since the
 * clocks of the hosts on which relays run may be wrong, and a broker refuses records that are too far from its own time. Not
 * thread-safe.
 */
class DatabaseTime implements Supplier<@Nullable Long> {

    private static final long ASKED_AGAIN_AFTER = Duration.ofSeconds(10).toNanos();

    private final JdbcClient jdbc;
    private long time;
    private long askedAt;
    private boolean known;

    DatabaseTime(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Long get() {
        if (!known || System.nanoTime() - askedAt >= ASKED_AGAIN_AFTER) {
            time = jdbc.sql("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
                    .query(Long.class)
                    .single();
            askedAt = System.nanoTime();
            known = true;
        }
        return time + Duration.ofNanos(System.nanoTime() - askedAt).toMillis();
    }
}
