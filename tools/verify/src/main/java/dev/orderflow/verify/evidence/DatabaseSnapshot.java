package dev.orderflow.verify.evidence;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** Snapshot of one database. */
final class DatabaseSnapshot implements AutoCloseable {

    private static final int FETCH_SIZE = 10_000;
    private static final Map<String, String> ADVICE = Map.of(
            "42P01", "has no tables yet; start the suite with ./demo up",
            "3D000", "does not exist yet; start the suite with ./demo up",
            "28P01", "cannot be opened with its user's password",
            "28000", "has no user yet; start the suite with ./demo up");

    /** Takes on the role that sees the rows of all tenants, if policies are for it, which come with its rights. */
    private static final String ALL_TENANTS = """
            SELECT set_config('role', rolname, true) FROM pg_roles role
            WHERE rolname = session_user || '_system' AND EXISTS (SELECT FROM pg_policy WHERE role.oid = ANY (polroles))
            """;

    private final Service service;
    private final Sources.Database database;
    private final Connection connection;

    /** Action on each row. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    DatabaseSnapshot(Service service, Sources.Database database) {
        this.service = service;
        this.database = database;
        this.connection = connect();
        try {
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                // Groups all lines of all orders in memory instead of in temporary files.
                statement.execute("SET LOCAL work_mem = '64MB'");
                statement.execute(ALL_TENANTS);
            }
        } catch (SQLException e) {
            close();
            throw away(e);
        }
    }

    void query(String sql, RowReader reader) {
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_SIZE);
            try (var rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        } catch (SQLException e) {
            throw away(e);
        }
    }

    /** Returns the number that {@code sql} counts. */
    long number(String sql) {
        var number = new long[1];
        query(sql, row -> number[0] = row.getLong(1));
        return number[0];
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw away(e);
        }
    }

    private Connection connect() {
        var properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "120");
        properties.setProperty("ApplicationName", "demo verify");
        // Prepares on the server at once, so that uuids and numbers are transferred as bytes, not as text.
        properties.setProperty("prepareThreshold", "-1");
        try {
            return DriverManager.getConnection(database.url(), properties);
        } catch (SQLException e) {
            throw away(e);
        }
    }

    private SourceAwayException away(SQLException cause) {
        var name = database.url().substring(database.url().lastIndexOf('/') + 1);
        var advice = ADVICE.get(String.valueOf(cause.getSQLState()));
        if (advice != null) {
            return new SourceAwayException("database " + name + " " + advice, cause);
        }
        var where = database.url().replaceFirst("^jdbc:postgresql:/*", "");
        var message = String.valueOf(cause.getSQLState()).startsWith("08") || "57P03".equals(cause.getSQLState())
                ? "PostgreSQL does not respond at " + where + "; start it with ./demo start postgres"
                : "database " + name + " of " + service.group() + " cannot be read: " + cause.getMessage();
        return new SourceAwayException(message, cause);
    }
}
