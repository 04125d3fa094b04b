package dev.orderflow.eventing.test;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Tries what a service's role can do to the rows of tenants, in a database whose tables another role owns.
 *
 * @param service access of the service
 * @param owner   access of the owner, who sees all rows
 */
public record TenantProbe(Database service, Database owner) {

    /**
     * Creates a database and has it migrated.
     *
     * @param migration gets the owner's access and the name of the service's role
     */
    public static TenantProbe create(BiConsumer<Database, String> migration) {
        var infrastructure = TestInfrastructure.get();
        var service = infrastructure.createDatabase("probe");
        var owner = infrastructure.separateOwner(service);
        migration.accept(owner, service.username());
        return new TenantProbe(service, owner);
    }

    /**
     * Executes statements as the service on one connection, the first of them in a transaction that states {@code tenant}, and returns
     * all that they say: rows, counts and errors. An error ends the transaction, and the others follow in one that states nothing.
     *
     * @param tenant null to state none
     */
    public String as(@Nullable String tenant, String... statements) {
        var said = new StringBuilder();
        try (var connection = connect(service);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            if (tenant != null) {
                statement.execute("SELECT set_config('orderflow.tenant', '" + tenant + "', true)");
            }
            for (var sql : statements) {
                try {
                    said.append(execute(statement, sql)).append('\n');
                } catch (SQLException e) {
                    said.append(e.getMessage()).append('\n');
                    connection.rollback();
                }
            }
            connection.commit();
            return said.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Executes statements as the owner, and returns what they say. */
    public String asOwner(String... statements) {
        var said = new StringBuilder();
        try (var connection = connect(owner);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                said.append(execute(statement, sql)).append('\n');
            }
            return said.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String execute(Statement statement, String sql) throws SQLException {
        if (sql.startsWith("COPY") && sql.endsWith("TO STDOUT")) {
            return copy(statement.getConnection(), sql);
        }
        if (!statement.execute(sql)) {
            return "changed " + statement.getUpdateCount();
        }
        var said = new StringBuilder();
        try (var rows = statement.getResultSet()) {
            while (rows.next()) {
                for (var column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    said.append(rows.getString(column)).append(' ');
                }
                said.append('\n');
            }
        }
        return said.toString();
    }

    private static String copy(Connection connection, String sql) throws SQLException {
        var copied = new StringWriter();
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, copied);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copied.toString();
    }

    private static Connection connect(Database access) throws SQLException {
        return DriverManager.getConnection(access.jdbcUrl(), access.username(), access.password());
    }
}
