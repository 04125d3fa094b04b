package dev.orderflow.eventing.outbox;

import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The relay of the textbooks, to measure against: in one transaction it locks the oldest rows, sends them, waits for all
 * acknowledgements, and deletes them. Here with the connection, the sender and the reading of rows that our relay has.
 * <p>
 * What it gives up:
 * <ul>
 *   <li>Order, as soon as there is a second worker: that one skips the locked rows and may send later events of their keys first.
 *       So only one may be at work, and the rest watch.
 *   <li>Insert-only: each event is written two more times, when it is locked and when it is deleted, and leaves a dead row. While any
 *       transaction in the database stays open, vacuum cannot remove them, and each batch wades through all of them.
 *   <li>The overlap of reading and sending: database and broker take turns, batch by batch. Larger batches wait less often, but hold
 *       more locks for longer, and send more again after a crash.
 *   <li>What was sent cannot be looked at afterwards.
 * </ul>
 * In this package because it reads and sends as the relay does. Not thread-safe.
 */
public final class PlainRelay {

    /** Of the connection that it is given: binary from the first execution on, as our relay reads. */
    public static final Map<String, String> CONNECTION = Map.of("prepareThreshold", "-1");

    /** Rows cannot be deleted from the outbox itself while ours is measured on it. */
    public static final String CREATE_TABLE = "CREATE TABLE plain_outbox (LIKE outbox, PRIMARY KEY (id))";

    /**
     * All rows again, in a table without a trace of those that were deleted: it is as good as it can ever be. Nothing of that is left
     * for the server to do while something is measured; the user needs the role {@code pg_checkpoint}.
     */
    public static final List<String> REFILL = List.of(
            "TRUNCATE plain_outbox",
            "INSERT INTO plain_outbox SELECT * FROM outbox ORDER BY id",
            "VACUUM (ANALYZE) plain_outbox",
            "CHECKPOINT");

    /** Served by the primary key. The limit is no parameter, since the plan depends on it. */
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
     * @param source what the events name as their source
     * @param batch  rows per transaction
     */
    public PlainRelay(Connection connection, String source, Sender sender, int batch) {
        var database = new SingleConnectionDataSource(connection, true);
        this.jdbc = new JdbcTemplate(database);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
        this.reader = new OutboxReader(jdbc, source);
        this.sender = sender.sender();
        this.lock = String.format(Locale.ROOT, LOCK, batch);
    }

    /** Returns when no row is left. */
    public void drain() {
        // As for our relay: a crash brings rows back that were sent, and they are sent again.
        jdbc.execute("SET synchronous_commit = off");
        while (transaction.execute(status -> sendBatch()) > 0) {
            // The next one.
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
