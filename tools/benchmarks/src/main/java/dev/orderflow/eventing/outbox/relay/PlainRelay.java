package dev.orderflow.eventing.outbox.relay;

import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Textbook relay, a baseline for ours: in one transaction it locks the oldest rows, sends them, waits for all
 * acknowledgements, and deletes them. It uses our relay's connection settings, sender and row reader.
 * <p>
 * It lacks:
 * <ul>
 *   <li>Order, as soon as there is a second worker, which skips the locked rows and may send later events of their
 *       keys first. So only one worker may be active, and the others stand by.
 *   <li>Insert-only writes: each event is written two more times, when it is locked and when it is deleted, and leaves
 *       a dead row. While any transaction in the database stays open, vacuum cannot remove dead rows, and each batch
 *       scans all of them.
 *   <li>Overlapping reads and sends: database and broker take turns, batch by batch. Larger batches wait less often,
 *       but hold more locks for longer, and send more again after a crash.
 *   <li>Sent events that can be inspected afterwards.
 * </ul>
 * This package gives access to the relay's reader and sender. Not thread-safe.
 */
public final class PlainRelay {

    /** Settings of its connection: binary from the first execution on, like our relay's. */
    public static final Map<String, String> CONNECTION = Map.of("prepareThreshold", "-1");

    /** Creates a copy of the outbox; rows cannot be deleted from the outbox itself, since ours is measured on it. */
    public static final String CREATE_TABLE = "CREATE TABLE plain_outbox (LIKE outbox, PRIMARY KEY (id))";

    /**
     * Refills the copy without dead rows, its best possible state. The server has no maintenance left to do during a
     * measurement; the user needs the role {@code pg_checkpoint}.
     */
    public static final List<String> REFILL = List.of(
            "TRUNCATE plain_outbox",
            "INSERT INTO plain_outbox SELECT * FROM outbox ORDER BY id",
            "VACUUM (ANALYZE) plain_outbox",
            "CHECKPOINT");

    /** Served by the primary key. The limit is not a parameter, since the plan depends on it. */
    private static final String LOCK = """
            SELECT id, event_id, topic, key, type, sequence, forwarded, headers, payload
            FROM plain_outbox
            ORDER BY id
            LIMIT %d
            FOR UPDATE SKIP LOCKED
            """;

    /** Served by the primary key. */
    private static final String DELETE = "DELETE FROM plain_outbox WHERE id = ANY (?)";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final OutboxReader reader;
    private final OutboxSender sender;
    private final String lock;

    /**
     * Creates the relay.
     *
     * @param source of the events
     * @param batch rows per transaction
     */
    public PlainRelay(Connection connection, String source, Sender sender, int batch) {
        var database = new SingleConnectionDataSource(connection, true);
        this.jdbc = new JdbcTemplate(database);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
        this.reader = new OutboxReader(jdbc, source);
        this.sender = sender.sender();
        this.lock = String.format(Locale.ROOT, LOCK, batch);
    }

    /** Sends all rows and returns when none is left. */
    public void drain() {
        // As for our relay: after a crash, rows that were already sent may reappear and are sent again.
        jdbc.execute("SET synchronous_commit = off");
        while (transaction.execute(status -> sendBatch()) > 0) {
            // One batch per transaction.
        }
    }

    private int sendBatch() {
        var rows = jdbc.query(lock, reader::row);
        if (!rows.isEmpty()) {
            sender.send(rows);
            sender.flush();
            jdbc.update(DELETE, (Object) rows.stream().mapToLong(OutboxRow::id).toArray());
        }
        return rows.size();
    }
}
