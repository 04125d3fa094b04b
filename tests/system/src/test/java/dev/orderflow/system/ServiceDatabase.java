package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.verify.evidence.Service;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;

/**
 * A service's database, for tests that inspect it or that stop the service at a certain statement by holding a lock the
 * statement needs.
 * <p>
 * When a service is killed at such a statement, its {@linkplain #endConnections() connections must be ended} before the
 * lock is released. PostgreSQL does not notice that the client of a waiting statement is gone and would still execute
 * it.
 */
final class ServiceDatabase implements AutoCloseable {

    private static final String NAME = "system-test";

    private static final String BLOCKED = """
            SELECT count(*) FROM pg_stat_activity
            WHERE usename = current_user AND wait_event_type = 'Lock' AND position(? IN query) > 0
            """;

    /** Ends backends; one that has noticed the loss of its client cannot be ended any more. */
    private static final String END = String.format(Locale.ROOT, """
            SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
            WHERE usename = current_user AND application_name <> '%s'
            """, NAME);

    private static final String OTHERS = String.format(Locale.ROOT, """
            SELECT count(*) FROM pg_stat_activity WHERE usename = current_user AND application_name <> '%s'
            """, NAME);

    /** Takes on the role that sees the rows of all tenants. */
    private static final String ALL_TENANTS = "SELECT set_config('role', session_user || '_system', false)";

    private final String url;
    private final Properties login = new Properties();
    private final List<Lock> locks = new ArrayList<>();

    ServiceDatabase(RunningSuite suite, Service service) {
        var database = Objects.requireNonNull(suite.sources().databases().get(service));
        this.url = database.url();
        login.setProperty("user", database.user());
        login.setProperty("password", database.password());
        login.setProperty("ApplicationName", NAME);
    }

    /** Locks held by a statement's open transaction. */
    record Lock(Connection connection) {

        void release() {
            try (connection) {
                connection.createStatement().execute("ROLLBACK");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Executes {@code sql} and keeps its locks until they are released or this object is closed. */
    Lock lock(String sql) {
        try {
            var connection = connect();
            var lock = new Lock(connection);
            locks.add(lock);
            connection.createStatement().execute("BEGIN");
            connection.createStatement().execute(sql);
            return lock;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Waits until a statement that contains {@code part} waits for a lock. */
    void awaitBlocked(String part) {
        Eventually.soon()
                .untilAsserted(() -> assertThat(countAsService(BLOCKED, part))
                        .as("statements with \"%s\" that wait for a lock", part)
                        .isEqualTo(1));
    }

    /** Ends all connections except those of this object and rolls back their transactions. */
    void endConnections() {
        textsAsService(END);
        Eventually.soon()
                .untilAsserted(() -> assertThat(countAsService(OTHERS))
                        .as("connections left")
                        .isZero());
    }

    /** Returns the holds of {@code key}, in order, such as {@code RETRYING 1}. */
    List<String> holds(UUID key) {
        return texts(
                "SELECT state || ' ' || level FROM key_hold WHERE key = ? ORDER BY topic, position", key.toString());
    }

    /** Returns the types of the events that the service has published for {@code key}, in order. */
    List<String> published(UUID key) {
        return texts("SELECT type FROM outbox WHERE key = ? AND NOT forwarded ORDER BY id", key.toString());
    }

    long count(String sql, Object... parameters) {
        return Long.parseLong(texts(sql, parameters).getFirst());
    }

    /** Counts what the service's own role sees, which states no tenant, and may end that role's connections. */
    long countAsService(String sql, Object... parameters) {
        return Long.parseLong(textsAsService(sql, parameters).getFirst());
    }

    /** Returns the first column of all rows, of any tenant. */
    List<String> texts(String sql, Object... parameters) {
        try (var connection = connect();
                var statement = connection.prepareStatement(sql)) {
            return texts(statement, parameters);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private List<String> textsAsService(String sql, Object... parameters) {
        try (var connection = DriverManager.getConnection(url, login);
                var statement = connection.prepareStatement(sql)) {
            return texts(statement, parameters);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Releases all locks. */
    @Override
    public void close() {
        for (var lock : locks) {
            try {
                lock.connection().close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        locks.clear();
    }

    private static List<String> texts(PreparedStatement statement, Object... parameters) throws SQLException {
        for (var index = 0; index < parameters.length; index++) {
            statement.setObject(index + 1, parameters[index]);
        }
        var texts = new ArrayList<String>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private Connection connect() throws SQLException {
        var connection = DriverManager.getConnection(url, login);
        try (var statement = connection.createStatement()) {
            statement.execute(ALL_TENANTS);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
