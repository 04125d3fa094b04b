package dev.orderflow.eventing.outbox.relay;

import dev.orderflow.bench.BrokenPromiseException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/**
 * Relay by logical replication, a baseline for ours. The server decodes its write-ahead log and streams the rows
 * inserted into the outbox, transaction by transaction in commit order. The relay sends them as they arrive, and from
 * time to time confirms to the server's replication slot the log position up to which the broker has acknowledged
 * everything. It neither polls nor writes, and the outbox could even be emptied at once, since only the log is read.
 * <p>
 * It lacks:
 * <ul>
 *   <li>Bounded disk use: the slot retains the log until it is confirmed. While the relay or the broker is down, the
 *       disk fills, or the slot becomes invalid ({@code max_slot_wal_keep_size}) and the missing events must be found
 *       in another way. An unused slot must be dropped by hand.
 *   <li>Shared work: a slot has one consumer, and the server decodes everything that is written, event or not, in one
 *       process.
 *   <li>Independence of one database server: a standby has the slot only if slots are synchronized, and a slot cannot
 *       move back.
 *   <li>Cheap writes: all of the server's writers log more ({@code wal_level=logical}), and the user needs the privilege
 *       {@code REPLICATION}.
 *   <li>Early visibility: a transaction is seen when it has ended and been decoded as a whole; a large one waits on disk
 *       until then.
 * </ul>
 * This package gives access to the relay's sender. Not thread-safe.
 */
public final class ReplicationRelay {

    /** Settings of its connection, which supports simple queries only. */
    public static final Map<String, String> CONNECTION =
            Map.of("replication", "database", "preferQueryMode", "simple", "assumeMinServerVersion", "18");

    /** Required parameter of the server. */
    public static final String PARAMETER = "wal_level=logical";

    /**
     * Creates the publication, then the slot, before the rows are written: a slot sees only later changes. This slot is
     * never read, but kept for {@link #REWIND}.
     */
    public static final List<String> CREATE_SLOT =
            List.of("""
            CREATE PUBLICATION outbox_relay
            FOR TABLE outbox (id, event_id, topic, key, type, sequence, forwarded, headers, payload)
            WITH (publish = 'insert', publish_via_partition_root = true)
            """, "SELECT pg_create_logical_replication_slot('outbox_kept', 'pgoutput')");

    /** Copies the kept slot. Slots only move forward; a copy begins where the kept one still stands. */
    public static final List<String> REWIND = List.of(
            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = 'outbox_relay'",
            "SELECT pg_copy_logical_replication_slot('outbox_kept', 'outbox_relay')");

    /** Drops the slots; otherwise the server would keep its log forever. */
    public static final List<String> DROP_SLOT = List.of("""
            SELECT pg_drop_replication_slot(slot_name)
            FROM pg_replication_slots
            WHERE slot_name IN ('outbox_kept', 'outbox_relay')
            """, "DROP PUBLICATION outbox_relay");

    private static final String CONFIRMED =
            "SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = 'outbox_relay'";

    private static final Duration CONFIRM_EVERY = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Connection connection;
    private final PgOutputDecoder decoder;
    private final OutboxSender sender;
    private boolean insideTransaction;
    private long sent;
    private LogSequenceNumber lastCommit = LogSequenceNumber.INVALID_LSN;

    /**
     * Creates the relay.
     *
     * @param source of the events
     */
    public ReplicationRelay(Connection connection, String source, Sender sender) {
        this.connection = connection;
        this.decoder = new PgOutputDecoder(source);
        this.sender = sender.sender();
    }

    /**
     * Sends {@code events} and returns when the server has recorded the confirmed position.
     *
     * @throws BrokenPromiseException if there are fewer
     */
    public void send(long events) throws SQLException {
        try (var stream = open()) {
            var silentSince = System.nanoTime();
            var confirmedAt = silentSince;
            while (sent < events || insideTransaction) {
                // The rest of a transaction follows at once. Asking for a further transaction costs a system call.
                var message = insideTransaction ? stream.read() : stream.readPending();
                var now = System.nanoTime();
                if (message != null) {
                    take(message, stream);
                    silentSince = now;
                } else if (now - silentSince > PATIENCE.toNanos()) {
                    throw new BrokenPromiseException(
                            String.format(Locale.ROOT, "The server has streamed %2$,d of %1$,d events.", events, sent));
                } else {
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
                if (!insideTransaction && now - confirmedAt > CONFIRM_EVERY.toNanos()) {
                    confirm(stream);
                    confirmedAt = now;
                }
            }
            confirm(stream);
        }
        requireConfirmed();
    }

    private PGReplicationStream open() throws SQLException {
        return connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName("outbox_relay")
                .withSlotOption("proto_version", 1)
                .withSlotOption("publication_names", "outbox_relay")
                .withSlotOption("binary", true)
                .start();
    }

    private void take(ByteBuffer message, PGReplicationStream stream) {
        switch (message.get()) {
            case 'B' -> insideTransaction = true;
            case 'R' -> decoder.relation(message);
            case 'I' -> {
                sender.send(List.of(decoder.insert(message)));
                sent++;
            }
            case 'C' -> {
                insideTransaction = false;
                lastCommit = stream.getLastReceiveLSN();
            }
            default -> {
                // The message is neither a row nor the end of a transaction.
            }
        }
    }

    /** Confirms that everything before the position has been sent, which is true only between two transactions. */
    private void confirm(PGReplicationStream stream) throws SQLException {
        sender.flush();
        stream.setAppliedLSN(lastCommit);
        stream.setFlushedLSN(lastCommit);
        stream.forceUpdateStatus();
    }

    private void requireConfirmed() throws SQLException {
        try (var statement = connection.createStatement();
                var slot = statement.executeQuery(CONFIRMED)) {
            slot.next();
            var confirmed = LogSequenceNumber.valueOf(slot.getString(1));
            if (confirmed.compareTo(lastCommit) < 0) {
                throw new BrokenPromiseException(String.format(
                        Locale.ROOT,
                        "The server has confirmed position %2$s instead of %1$s.",
                        lastCommit.asString(),
                        confirmed.asString()));
            }
        }
    }
}
