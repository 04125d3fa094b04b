package dev.orderflow.eventing.outbox.relay;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The database's time in milliseconds since the epoch, queried periodically. It is the timestamp of the records: the clocks of
 * the relays' hosts may be wrong, and a broker rejects records whose timestamp differs too much from its own time. Not
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
