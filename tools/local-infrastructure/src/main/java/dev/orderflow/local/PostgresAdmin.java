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

    /** The database in a URL. */
    private static final Pattern DATABASE = Pattern.compile("/[^/?]*(?=\\?|$)");

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
                createRole(connection, name, userPassword);
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

    /**
     * Gives a database another owner, named after it, whose role is for migrations. The database's user has no right but to connect,
     * and those that the owner gives it. It may take on another role ({@code _system}), to which the owner can show more rows. Without
     * effect on what already is so.
     *
     * @param name of a database that {@link #createDatabase} has created
     */
    public void separateOwner(String name, String ownerPassword) {
        var owner = name + "_owner";
        var system = name + "_system";
        try (var connection = connect()) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", system)) {
                execute(connection, String.format(Locale.ROOT, "ALTER ROLE %s NOINHERIT", name));
                execute(connection, String.format(Locale.ROOT, "CREATE ROLE %s ROLE %s", system, name));
            }
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", owner)) {
                createRole(connection, owner, ownerPassword);
            }
            execute(connection, String.format(Locale.ROOT, "ALTER DATABASE %s OWNER TO %s", name, owner));
            execute(connection, String.format(Locale.ROOT, "GRANT CONNECT ON DATABASE %s TO %s", name, name));
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name + " cannot get an owner: " + e.getMessage(), e);
        }
        new PostgresAdmin(DATABASE.matcher(jdbcUrl).replaceFirst("/" + name), user, password)
                .execute(String.format(Locale.ROOT, "REASSIGN OWNED BY %s TO %s", name, owner));
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

    private static void createRole(Connection connection, String name, String password) throws SQLException {
        execute(
                connection,
                String.format(Locale.ROOT, "CREATE ROLE %s LOGIN PASSWORD '%s'", name, password.replace("'", "''")));
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
