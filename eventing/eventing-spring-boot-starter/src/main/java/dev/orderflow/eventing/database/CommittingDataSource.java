package dev.orderflow.eventing.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections in auto-commit mode, regardless of the pool's default. A connection of a pool without auto-commit silently rolls
 * back a statement outside of a transaction when it is returned.
 */
class CommittingDataSource extends DelegatingDataSource {

    CommittingDataSource(DataSource pool) {
        super(pool);
    }

    /** Switches auto-commit on. The pool resets the connection when it is returned. */
    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        if (!connection.getAutoCommit()) {
            connection.setAutoCommit(true);
        }
        return connection;
    }
}
