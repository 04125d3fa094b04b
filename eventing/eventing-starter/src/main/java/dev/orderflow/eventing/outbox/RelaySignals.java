package dev.orderflow.eventing.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tells relays of other instances that there is something for them, so that they need not find it by polling.
 * <p>
 * Transactions that call PostgreSQL's {@code NOTIFY} commit one after the other, so those that publish events must not: it is
 * the relay that signals, after their commits and once for all since its last pass. A signal that is lost, or cannot pass a
 * connection pooler, does no harm: relays poll as well.
 * <p>
 * Listening takes a connection for as long as it lasts. Thread-safe but for {@link #listen} and {@link #close}, which belong to
 * the relay's thread.
 */
public class RelaySignals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RelaySignals.class);
    private static final String CHANNEL = "eventing_outbox";
    private static final Duration LISTEN_AGAIN = Duration.ofSeconds(1);

    /** So late a listener notices that it is closed. */
    private static final Duration CLOSED_WITHIN = Duration.ofMillis(500);

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private @Nullable CountDownLatch listening;

    /** @param dataSource has one connection for signals that are sent, and one to listen; both commit each statement */
    public RelaySignals(DataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** @param buckets as bits; without effect if there are none */
    void send(int buckets) {
        if (buckets != 0) {
            jdbc.query("SELECT pg_notify(?, ?)", row -> {}, CHANNEL, Integer.toString(buckets));
        }
    }

    /**
     * Without effect if it listens already.
     *
     * @param heard gets the buckets as bits, on a thread of its own
     */
    void listen(IntConsumer heard) {
        if (listening == null) {
            var closed = new CountDownLatch(1);
            listening = closed;
            Thread.ofVirtual().name("outbox-signals").start(() -> listen(heard, closed));
        }
    }

    /** Without effect if it does not listen. */
    @Override
    public void close() {
        if (listening != null) {
            listening.countDown();
            listening = null;
        }
    }

    private void listen(IntConsumer heard, CountDownLatch closed) {
        try {
            while (closed.getCount() > 0) {
                try {
                    listenOnOneConnection(heard, closed);
                } catch (SQLException | RuntimeException e) {
                    LOG.debug("signals=interrupted listenAgainIn={}", LISTEN_AGAIN, e);
                    closed.await(LISTEN_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("signals=stopping");
        }
    }

    private void listenOnOneConnection(IntConsumer heard, CountDownLatch closed) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            try {
                hear(connection, heard, closed);
            } finally {
                stopListening(connection);
            }
        }
    }

    private static void hear(Connection connection, IntConsumer heard, CountDownLatch closed) throws SQLException {
        execute(connection, "LISTEN " + CHANNEL);
        var notifications = connection.unwrap(PGConnection.class);
        while (closed.getCount() > 0) {
            var received = notifications.getNotifications((int) CLOSED_WITHIN.toMillis());
            if (received != null) {
                for (var notification : received) {
                    buckets(notification.getParameter()).ifPresent(heard);
                }
            }
        }
    }

    /** Empty for a payload that no relay sends: any client of the database may notify any channel. */
    private static OptionalInt buckets(String payload) {
        try {
            return OptionalInt.of(Integer.parseInt(payload));
        } catch (NumberFormatException e) {
            LOG.debug("signal=ignored length={}", payload.length());
            return OptionalInt.empty();
        }
    }

    /** A pooled connection must not go on listening: nobody would read what the server sends to it. */
    private static void stopListening(Connection connection) throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        try {
            execute(connection, "UNLISTEN " + CHANNEL);
        } catch (SQLException e) {
            // The pool drops a connection that was cut off.
            connection.abort(Runnable::run);
            throw e;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
