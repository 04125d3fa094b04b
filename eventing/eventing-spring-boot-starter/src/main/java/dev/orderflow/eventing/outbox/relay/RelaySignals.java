package dev.orderflow.eventing.outbox.relay;

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
 * Notifies relays of other instances of new events in their buckets, so that they need not wait for their next poll.
 * <p>
 * Transactions that call PostgreSQL's {@code NOTIFY} commit one after the other. Publishing transactions must therefore not call
 * it. The relay signals after their commits, once for all commits since its last pass. A signal may be lost, or may not pass a
 * connection pooler, without harm: relays also poll.
 * <p>
 * Listening occupies a connection. Thread-safe except for {@link #listen} and {@link #close}, which belong to the relay's thread.
 */
class RelaySignals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RelaySignals.class);
    private static final String CHANNEL = "eventing_outbox";
    private static final Duration LISTEN_AGAIN = Duration.ofSeconds(1);

    /** Longest time until a listener notices that it is closed. */
    private static final Duration CLOSED_WITHIN = Duration.ofMillis(500);

    private static final Duration CHECK_EVERY = Duration.ofSeconds(20);

    private final DataSource dataSource;
    private final Duration checkEvery;
    private final JdbcTemplate jdbc;
    private final Loop loop = Loop.onVirtualThread("outbox-signals");

    /** @param dataSource provides a connection to send signals and one to listen, both in auto-commit mode */
    RelaySignals(DataSource dataSource) {
        this(dataSource, CHECK_EVERY);
    }

    /** @param checkEvery interval at which a listener checks its connection */
    RelaySignals(DataSource dataSource, Duration checkEvery) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.checkEvery = checkEvery;
    }

    /** @param buckets bit mask; 0 has no effect */
    void send(int buckets) {
        if (buckets != 0) {
            jdbc.query("SELECT pg_notify(?, ?)", row -> {}, CHANNEL, Integer.toString(buckets));
        }
    }

    /**
     * Starts listening. Has no effect if it listens already.
     *
     * @param heard receives the bit mask of the buckets, on the listener's thread
     */
    void listen(IntConsumer heard) {
        loop.start(new Listening(heard));
    }

    /** Stops listening, without waiting. Has no effect if it does not listen. */
    @Override
    public void close() {
        loop.letEnd();
    }

    /** The listener's loop. */
    Loop loop() {
        return loop;
    }

    /** Listens on one connection per round. */
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

    /** Waits for notifications. The wait does not detect a lost server; a query does. */
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

    /** Parses a payload. Empty for an invalid payload: any client of the database may notify any channel. */
    private static OptionalInt buckets(String payload) {
        try {
            return OptionalInt.of(Integer.parseInt(payload));
        } catch (NumberFormatException e) {
            LOG.debug("signal=ignored length={}", payload.length());
            return OptionalInt.empty();
        }
    }

    /** Stops listening before the connection returns to the pool. Otherwise its notifications would accumulate unread. */
    private static void stopListening(Connection connection) throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        try {
            execute(connection, "UNLISTEN " + CHANNEL);
        } catch (SQLException e) {
            // The pool removes an aborted connection.
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
