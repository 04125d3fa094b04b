package dev.orderflow.verify.evidence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Snapshot of one database: a transaction that reads only. */
final class DatabaseSnapshot implements AutoCloseable {

    private static final int FETCH_SIZE = 10_000;

    /** Takes on the role that sees the rows of all tenants, if policies are for it, which come with its rights. */
    private static final String ALL_TENANTS = """
            SELECT set_config('role', rolname, true) FROM pg_roles role
            WHERE rolname = session_user || '_system' AND EXISTS (SELECT FROM pg_policy WHERE role.oid = ANY (polroles))
            """;

    private final DatabaseConnection database;
    private final Connection connection;

    /** Action on each row. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** Begins the transaction on the connection of {@code database}. */
    DatabaseSnapshot(DatabaseConnection database, Connection connection) throws SQLException {
        this.database = database;
        this.connection = connection;
        try (var statement = connection.createStatement()) {
            // Groups all lines of all orders in memory instead of in temporary files.
            statement.execute("SET LOCAL work_mem = '64MB'");
            statement.execute(ALL_TENANTS);
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
            throw database.away(e);
        }
    }

    /** Returns the number that {@code sql} counts. */
    long number(String sql) {
        var number = new long[1];
        query(sql, row -> number[0] = row.getLong(1));
        return number[0];
    }

    /** Ends the transaction. */
    @Override
    public void close() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw database.away(e);
        }
    }
}
