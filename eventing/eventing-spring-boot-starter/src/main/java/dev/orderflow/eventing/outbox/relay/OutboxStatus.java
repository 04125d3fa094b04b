package dev.orderflow.eventing.outbox.relay;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** State of the outbox, for operators. */
public class OutboxStatus {

    /**
     * Served by outbox_txid: no row below the lowest bound can be pending. Cursors of another cluster are ignored; a relay will send
     * all rows again.
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

    OutboxStatus(JdbcClient jdbc, UUID instance) {
        this.jdbc = jdbc;
        this.instance = instance;
    }

    /**
     * @param pending       events that the broker has not acknowledged, according to the stored cursors
     * @param oldestPending time of the oldest pending event
     * @param parked        events that the broker refuses for good, and those that wait behind them
     * @param waiting       events whose topics do not accept any for now
     * @param relays        number of instances that share the work
     * @param instance      the instance that answers
     */
    public record Answer(
            long pending, @Nullable Instant oldestPending, int parked, int waiting, int relays, UUID instance) {}

    private record Aside(int parked, int waiting) {}

    public Answer read() {
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
