package dev.orderflow.eventing.outbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What operators ask about the outbox. */
public class OutboxStatus {

    /**
     * Served by outbox_txid: below the lowest bound nothing can be pending. Cursors of another cluster tell nothing; a relay will have
     * everything sent again.
     */
    private static final String PENDING = """
            SELECT count(*) AS pending, min(o.time) AS oldest
            FROM (SELECT bucket, CASE WHEN (SELECT eventing.outbox_is_foreign()) THEN '3:3:'::pg_snapshot ELSE cursor END AS cursor
                  FROM eventing.outbox_bucket) AS b
            JOIN eventing.outbox o ON o.bucket = b.bucket
                         AND o.txid >= pg_snapshot_xmin(b.cursor)
                         AND NOT pg_visible_in_snapshot(o.txid, b.cursor)
            """;

    private static final String PARKED = """
            SELECT count(*) FILTER (WHERE state <> 'WAITING') AS parked, count(*) FILTER (WHERE state = 'WAITING') AS waiting
            FROM eventing.outbox_parked
            WHERE state <> 'DISCARDED'
            """;

    private static final String RELAYS = "SELECT count(*) FROM eventing.outbox_relay WHERE alive_until > now()";

    private final JdbcClient jdbc;
    private final UUID instance;

    public OutboxStatus(JdbcClient jdbc, UUID instance) {
        this.jdbc = jdbc;
        this.instance = instance;
    }

    /**
     * @param pending       events that the broker has not acknowledged, as far as the stored cursors tell
     * @param oldestPending when the oldest of them happened
     * @param parked        events that the broker refuses for good, and those that wait behind them
     * @param waiting       events whose topics cannot take any for now
     * @param relays        instances that share the work
     * @param instance      which of them answers
     */
    record Answer(long pending, @Nullable Instant oldestPending, int parked, int waiting, int relays, UUID instance) {}

    private record Aside(int parked, int waiting) {}

    Answer read() {
        var relays = jdbc.sql(RELAYS).query(Integer.class).single();
        var aside = jdbc.sql(PARKED)
                .query((row, number) -> new Aside(row.getInt("parked"), row.getInt("waiting")))
                .single();
        return jdbc.sql(PENDING)
                .query((row, number) -> {
                    var oldest = row.getTimestamp("oldest");
                    return new Answer(
                            row.getLong("pending"),
                            oldest == null ? null : oldest.toInstant(),
                            aside.parked(),
                            aside.waiting(),
                            relays,
                            instance);
                })
                .single();
    }
}
