package dev.orderflow.verify.evidence;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Connection to one database, opened for the first snapshot and kept for later ones: opening one takes longer than reading a share
 * of few events. Has one snapshot at a time. Not thread-safe.
 */
final class DatabaseConnection implements AutoCloseable {

    private static final int VALIDATION_SECONDS = 5;
    private static final Map<String, String> ADVICE = Map.of(
            "42P01", "has no tables yet; start the suite with ./demo up",
            "3D000", "does not exist yet; start the suite with ./demo up",
            "28P01", "cannot be opened with its user's password",
            "28000", "has no user yet; start the suite with ./demo up");

    private final Service service;
    private final Sources.Database database;
    private @Nullable Connection connection;

    DatabaseConnection(Service service, Sources.Database database) {
        this.service = service;
        this.database = database;
    }

    /**
     * Opens a snapshot of the present content. The previous one must be closed.
     *
     * @throws SourceAwayException if the database cannot be read
     */
    DatabaseSnapshot snapshot() {
        try {
            return new DatabaseSnapshot(this, opened());
        } catch (SQLException e) {
            // Its transaction has failed, and would make each later statement fail.
            close();
            throw away(e);
        }
    }

    SourceAwayException away(SQLException cause) {
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

    @Override
    public void close() {
        var closing = connection;
        connection = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (SQLException e) {
                throw away(e);
            }
        }
    }

    private Connection opened() throws SQLException {
        var current = connection;
        if (current != null && current.isValid(VALIDATION_SECONDS)) {
            return current;
        }
        close();
        var opened = DriverManager.getConnection(database.url(), properties());
        connection = opened;
        opened.setReadOnly(true);
        opened.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        opened.setAutoCommit(false);
        return opened;
    }

    private Properties properties() {
        var properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "120");
        properties.setProperty("ApplicationName", "demo verify");
        // Prepares on the server at once, so that uuids and numbers are transferred as bytes, not as text.
        properties.setProperty("prepareThreshold", "-1");
        return properties;
    }
}
