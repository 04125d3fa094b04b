package dev.orderflow.eventing.outbox;

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
 * A relay by logical replication, to measure against: the server decodes its write-ahead log and streams the rows inserted into the
 * outbox, transaction by transaction in the order of their commits; they are sent as they come, and from time to time the position in
 * the log up to which the broker has acknowledged all is confirmed to the server's replication slot. It looks for nothing and writes
 * nothing, and the outbox could even be emptied at once, since only the log is read.
 * <p>
 * What it gives up:
 * <ul>
 *   <li>The slot keeps the log from being removed until it is confirmed: while the relay or the broker is away, the disk fills, or the
 *       slot becomes invalid ({@code max_slot_wal_keep_size}), and what is missing must be found in some other way. It must be dropped
 *       by hand when it is not needed any more.
 *   <li>One slot has one consumer. Instances cannot share the work, and the server decodes all that is written, whatever of it is an
 *       event, in one process.
 *   <li>It is bound to one database server. A standby has the slot only if slots are synchronized, and a slot cannot go back.
 *   <li>All of the server's writers log more ({@code wal_level=logical}), and the user needs the privilege {@code REPLICATION}.
 *   <li>A transaction is seen when it has ended and been decoded as a whole; one that is large waits on disk until then.
 * </ul>
 * In this package because it sends as the relay does. Not thread-safe.
 */
public final class ReplicationRelay {

    /** Of the connection that it is given. Such a connection knows only simple queries. */
    public static final Map<String, String> CONNECTION =
            Map.of("replication", "database", "preferQueryMode", "simple", "assumeMinServerVersion", "18");

    /** For the server. */
    public static final String PARAMETER = "wal_level=logical";

    /**
     * Before the rows are written, since a slot knows only of what comes after it; and the publication before the slot. This one is
     * never read, but kept for {@link #REWIND}.
     */
    public static final List<String> CREATE_SLOT =
            List.of("""
            CREATE PUBLICATION outbox_relay
            FOR TABLE outbox (id, event_id, topic, key, type, sequence, forwarded, headers, payload)
            WITH (publish = 'insert', publish_via_partition_root = true)
            """, "SELECT pg_create_logical_replication_slot('outbox_kept', 'pgoutput')");

    /** Slots only go forward; a copy begins where the one that was kept still stands. */
    public static final List<String> REWIND = List.of(
            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = 'outbox_relay'",
            "SELECT pg_copy_logical_replication_slot('outbox_kept', 'outbox_relay')");

    /** Otherwise the server would keep its log for ever. */
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

    /** @param source what the events name as their source */
    public ReplicationRelay(Connection connection, String source, Sender sender) {
        this.connection = connection;
        this.decoder = new PgOutputDecoder(source);
        this.sender = sender.sender();
    }

    /**
     * Returns when {@code events} have been sent and the server has written down that they were.
     *
     * @throws BrokenPromiseException if fewer come
     */
    public void send(long events) throws SQLException {
        try (var stream = open()) {
            var silentSince = System.nanoTime();
            var confirmedAt = silentSince;
            while (sent < events || insideTransaction) {
                // The rest of a transaction follows at once. Whether there is another one has to be asked, and costs a
                // system call.
                var message = insideTransaction ? stream.read() : stream.readPending();
                var now = System.nanoTime();
                if (message != null) {
                    take(message, stream);
                    silentSince = now;
                } else if (now - silentSince > PATIENCE.toNanos()) {
                    throw new BrokenPromiseException(
                            String.format(Locale.ROOT, "Of %,d events the server has streamed %,d.", events, sent));
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
                // Neither of a row nor of a transaction's ends.
            }
        }
    }

    /** All that was committed up to there has been sent: only between two transactions is that so. */
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
                        "The server has not written down that all up to %s is sent, but up to %s.",
                        lastCommit.asString(),
                        confirmed.asString()));
            }
        }
    }
}
