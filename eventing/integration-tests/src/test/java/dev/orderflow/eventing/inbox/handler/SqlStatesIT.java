package dev.orderflow.eventing.inbox.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.eventing.test.Database;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Failures of a real PostgreSQL that is slow, busy, read-only or shutting down, and their classification. */
class SqlStatesIT {

    private static Database database;

    private Connection connection;
    private Connection other;

    @BeforeAll
    static void createTable() throws SQLException {
        database = TestInfrastructure.get().createDatabase("sql_states");
        try (var connection = connect()) {
            execute(connection, "CREATE TABLE account (id integer PRIMARY KEY, amount integer NOT NULL)");
            execute(connection, "INSERT INTO account VALUES (1, 0), (2, 0)");
        }
    }

    @BeforeEach
    void open() throws SQLException {
        connection = connect();
        other = connect();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        other.close();
    }

    @Test
    void aStatementTimeout() throws SQLException {
        execute(connection, "SET statement_timeout = 50");
        assertPerhapsTheEvent("57014", () -> execute(connection, "SELECT pg_sleep(10)"));
    }

    @Test
    void aStatementThatAnAdministratorCancels() throws Exception {
        var backend = backend();
        var canceller = Thread.ofVirtual()
                .start(() -> Awaitility.await()
                        .until(() -> isTrue(
                                other,
                                "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE state = 'active' AND pid = "
                                        + backend)));
        assertPerhapsTheEvent("57014", () -> execute(connection, "SELECT pg_sleep(10)"));
        canceller.join();
    }

    @Test
    void aLockTimeout() throws SQLException {
        holdRow(other, 1);
        execute(connection, "SET lock_timeout = 50");
        assertPerhapsTheEvent("55P03", () -> execute(connection, "UPDATE account SET amount = 1 WHERE id = 1"));
    }

    @Test
    void aRowThatMustNotBeWaitedFor() throws SQLException {
        holdRow(other, 1);
        assertPerhapsTheEvent("55P03", () -> execute(connection, "SELECT FROM account WHERE id = 1 FOR UPDATE NOWAIT"));
    }

    @Test
    void aTransactionThatTakesTooLong() throws SQLException {
        execute(connection, "SET transaction_timeout = 50");
        connection.setAutoCommit(false);
        assertPerhapsTheEvent("25P04", () -> execute(connection, "SELECT pg_sleep(10)"));
    }

    @Test
    void aTransactionThatIdlesTooLong() throws SQLException {
        execute(connection, "SET idle_in_transaction_session_timeout = 50");
        var backend = backend();
        connection.setAutoCommit(false);
        execute(connection, "SELECT 1");
        awaitEndOf(backend);
        assertPerhapsTheEvent("25P03", () -> execute(connection, "SELECT 1"));
    }

    @Test
    void aDatabaseThatIsReadOnlyAsAfterAFailover() throws SQLException {
        execute(connection, "SET default_transaction_read_only = on");
        assertPerhapsTheEvent("25006", () -> execute(connection, "UPDATE account SET amount = 1 WHERE id = 1"));
    }

    /** PostgreSQL chooses one of the two transactions. */
    @Test
    void aDeadlock() throws Exception {
        holdRow(connection, 1);
        holdRow(other, 2);
        var theirs = CompletableFuture.supplyAsync(() -> catchThrowable(() -> endTransaction(other, 1)));
        var ours = catchThrowable(() -> endTransaction(connection, 2));
        var victims = ours != null ? ours : theirs.get();
        theirs.join();

        assertPerhapsTheEvent("40P01", () -> {
            throw victims;
        });
    }

    @Test
    void aSerializationFailure() throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        execute(connection, "SELECT * FROM account");
        execute(other, "UPDATE account SET amount = amount + 1 WHERE id = 1");
        assertPerhapsTheEvent("40001", () -> execute(connection, "UPDATE account SET amount = 5 WHERE id = 1"));
    }

    @Test
    void aBackendThatIsTerminated() throws SQLException {
        var backend = backend();
        execute(other, "SELECT pg_terminate_backend(" + backend + ")");
        awaitEndOf(backend);
        assertOutage("57P01", () -> execute(connection, "SELECT 1"));
    }

    @Test
    void tooManyConnections() throws SQLException {
        var name = connection.getCatalog();
        execute(other, "ALTER DATABASE " + name + " CONNECTION LIMIT 0");
        try {
            assertOutage("53300", () -> connect().close());
        } finally {
            execute(other, "ALTER DATABASE " + name + " CONNECTION LIMIT -1");
        }
    }

    @Test
    void aPoolThatIsExhausted() throws SQLException {
        var config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.username());
        config.setPassword(database.password());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(250);
        try (var pool = new HikariDataSource(config);
                var only = pool.getConnection()) {
            assertThat(only.isValid(1)).isTrue();
            assertOutage(null, () -> pool.getConnection().close());
        }
    }

    @Test
    void aHandlersOwnMistakes() {
        assertFault("23505", () -> execute(connection, "INSERT INTO account VALUES (1, 0)"));
        assertFault("22012", () -> execute(connection, "SELECT 1 / 0"));
        assertFault("42P01", () -> execute(connection, "SELECT * FROM nothing"));
    }

    private static void assertPerhapsTheEvent(String state, ThrowingCallable statement) {
        var failure = failureOf(statement, state);
        assertThat(DatabaseOutage.isCauseOf(failure)).isTrue();
        assertThat(DatabaseOutage.isPerhapsTheEvent(failure)).isTrue();
    }

    private static void assertOutage(@Nullable String state, ThrowingCallable statement) {
        var failure = failureOf(statement, state);
        assertThat(DatabaseOutage.isCauseOf(failure)).isTrue();
        assertThat(DatabaseOutage.isPerhapsTheEvent(failure)).isFalse();
    }

    private static void assertFault(String state, ThrowingCallable statement) {
        assertThat(DatabaseOutage.isCauseOf(failureOf(statement, state))).isFalse();
    }

    /** Returns the failure as a handler throws it. */
    private static Throwable failureOf(ThrowingCallable statement, @Nullable String state) {
        var failure = catchThrowable(statement);
        assertThat(failure)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
        return new IllegalStateException("handler", failure);
    }

    private static void holdRow(Connection connection, int id) throws SQLException {
        connection.setAutoCommit(false);
        execute(connection, "UPDATE account SET amount = amount + 1 WHERE id = " + id);
    }

    private static void endTransaction(Connection connection, int id) throws SQLException {
        try {
            holdRow(connection, id);
        } finally {
            connection.rollback();
        }
    }

    private void awaitEndOf(int backend) {
        Awaitility.await()
                .until(() ->
                        isTrue(other, "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = " + backend + ")"));
    }

    private int backend() throws SQLException {
        return new JdbcTemplate(new SingleConnectionDataSource(connection, true))
                .queryForObject("SELECT pg_backend_pid()", Integer.class);
    }

    private static boolean isTrue(Connection connection, String sql) {
        return Boolean.TRUE.equals(new JdbcTemplate(new SingleConnectionDataSource(connection, true))
                .query(sql, rows -> rows.next() && rows.getBoolean(1)));
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
