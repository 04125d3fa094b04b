package dev.orderflow.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;

/** Superuser operations on a PostgreSQL server: checks its availability and creates databases with their users. */
public final class PostgresAdmin {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private final String jdbcUrl;
    private final String user;
    private final String password;

    /**
     * Connects as superuser.
     *
     * @param jdbcUrl of a database that the superuser can connect to
     */
    public PostgresAdmin(String jdbcUrl, String user, String password) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
    }

    /** {@return whether the server accepts connections now} */
    public boolean isAccepted() {
        try (var connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /**
     * Creates a database and a user of the same name, which owns it and can connect to no other. Without effect on what
     * already exists.
     *
     * @param name lower case letters, digits and underscores
     */
    public void createDatabase(String name, String userPassword) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a plain database name: " + name);
        }
        try (var connection = connect()) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", name)) {
                execute(
                        connection,
                        String.format(
                                Locale.ROOT,
                                "CREATE ROLE %s LOGIN PASSWORD '%s'",
                                name,
                                userPassword.replace("'", "''")));
            }
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
                execute(connection, String.format(Locale.ROOT, "CREATE DATABASE %s OWNER %s", name, name));
                execute(connection, String.format(Locale.ROOT, "REVOKE ALL ON DATABASE %s FROM PUBLIC", name));
            }
            execute(connection, "REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC");
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name + " cannot be created: " + e.getMessage(), e);
        }
    }

    /** Executes any other statement that requires a superuser. */
    public void execute(String sql) {
        try (var connection = connect()) {
            execute(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + " failed: " + e.getMessage(), e);
        }
    }

    Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "20");
        return DriverManager.getConnection(jdbcUrl, properties);
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
