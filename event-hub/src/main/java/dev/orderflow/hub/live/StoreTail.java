package dev.orderflow.hub.live;

import dev.orderflow.eventing.TenantRows;
import dev.orderflow.hub.query.EventView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Reads the end of the store, for all tenants. */
@Component
class StoreTail {

    /** Events that are read at once. */
    private static final int AT_ONCE = 500;

    private static final long BYTES_AT_ONCE = 2 << 20;
    private static final int ROWS_AT_ONCE = 20;

    /** Served by event_position_order of each day. */
    private static final String LAST = "SELECT coalesce(max(position), 0) FROM event";

    /** Served by event_position_order of each day. */
    private static final String AFTER = "SELECT tenant, " + EventView.COLUMNS
            + " FROM event WHERE position > :after ORDER BY position LIMIT :limit";

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    StoreTail(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** An event and whose it is. */
    record Owned(String tenant, EventView event) {}

    /** Returns the position of the last event. Each event that is committed later has a higher one. */
    long last() {
        return TenantRows.ofAll()
                .call(() -> Objects.requireNonNull(transactions.execute(
                        status -> jdbc.sql(LAST).query(Long.class).single())));
    }

    /** Returns the next events after a position, within bounds of number and bytes. */
    List<Owned> after(long position) {
        return TenantRows.ofAll()
                .call(() -> Objects.requireNonNull(transactions.execute(status -> jdbc.sql(AFTER)
                        .withFetchSize(ROWS_AT_ONCE)
                        .param("after", position)
                        .param("limit", AT_ONCE)
                        .query(rows -> {
                            var events = new ArrayList<Owned>();
                            var bytes = 0L;
                            while (bytes < BYTES_AT_ONCE && rows.next()) {
                                var event = EventView.read(rows);
                                bytes += event.size();
                                events.add(new Owned(rows.getString("tenant"), event));
                            }
                            return events;
                        }))));
    }
}
