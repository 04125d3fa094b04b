package dev.orderflow.eventing.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections on which a statement that is part of no transaction commits by itself, whatever the pool's default is. A pool whose
 * connections have auto-commit switched off rolls such a statement back when it gets the connection back, and nothing fails.
 */
class CommittingDataSource extends DelegatingDataSource {

    CommittingDataSource(DataSource pool) {
        super(pool);
    }

    /** The pool resets the connection when it gets it back. */
    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        if (!connection.getAutoCommit()) {
            connection.setAutoCommit(true);
        }
        return connection;
    }
}
