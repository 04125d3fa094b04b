package dev.orderflow.eventing.outbox;

import dev.orderflow.eventing.loop.Loop;
import dev.orderflow.eventing.loop.Loop.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
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
class RelaySignals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RelaySignals.class);
    private static final String CHANNEL = "eventing_outbox";
    private static final Duration LISTEN_AGAIN = Duration.ofSeconds(1);

    /** So late a listener notices that it is closed. */
    private static final Duration CLOSED_WITHIN = Duration.ofMillis(500);

    private static final Duration CHECK_EVERY = Duration.ofSeconds(20);

    private final DataSource dataSource;
    private final Duration checkEvery;
    private final JdbcTemplate jdbc;
    private final Loop loop = Loop.onVirtualThread("outbox-signals");

    /** @param dataSource has one connection for signals that are sent, and one to listen; both commit each statement */
    RelaySignals(DataSource dataSource) {
        this(dataSource, CHECK_EVERY);
    }

    /** @param checkEvery how often a listener asks whether its connection still works */
    RelaySignals(DataSource dataSource, Duration checkEvery) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.checkEvery = checkEvery;
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
        loop.start(new Listening(heard));
    }

    /** Returns at once; without effect if it does not listen. */
    @Override
    public void close() {
        loop.letEnd();
    }

    /** The listener's. */
    Loop loop() {
        return loop;
    }

    /** A round lasts for as long as its connection. */
    private final class Listening implements Work {

        private final IntConsumer heard;

        private Listening(IntConsumer heard) {
            this.heard = heard;
        }

        @Override
        public Duration round() {
            try (var connection = dataSource.getConnection()) {
                try {
                    hear(connection, heard);
                } finally {
                    stopListening(connection);
                }
                return Duration.ZERO;
            } catch (SQLException e) {
                throw new DataAccessResourceFailureException("cannot listen to " + CHANNEL, e);
            }
        }

        @Override
        public Duration failed(Throwable e) {
            LOG.debug("signals=interrupted listenAgainIn={}", LISTEN_AGAIN, e);
            return LISTEN_AGAIN;
        }
    }

    /** Waiting for notifications does not notice that the server has vanished; asking it something does. */
    private void hear(Connection connection, IntConsumer heard) throws SQLException {
        execute(connection, "LISTEN " + CHANNEL);
        var notifications = connection.unwrap(PGConnection.class);
        var checked = System.nanoTime();
        while (loop.goesOn()) {
            loop.progressed();
            var received = notifications.getNotifications((int) CLOSED_WITHIN.toMillis());
            if (received != null) {
                for (var notification : received) {
                    buckets(notification.getParameter()).ifPresent(heard);
                }
            }
            if (System.nanoTime() - checked >= checkEvery.toNanos()) {
                execute(connection, "SELECT 1");
                checked = System.nanoTime();
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
