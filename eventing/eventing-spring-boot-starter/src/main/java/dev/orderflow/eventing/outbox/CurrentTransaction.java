package dev.orderflow.eventing.outbox;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.SimpleConnectionHandle;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Distinguishes a transaction of a data source from a transaction of another data source, and of a manager that does not use
 * JDBC. Spring does not distinguish them: in a foreign transaction, a statement gets its own connection, which commits
 * immediately or never. The check uses neither the pool nor the server.
 */
final class CurrentTransaction {

    private CurrentTransaction() {}

    /** Returns whether the current transaction, which must exist, belongs to {@code dataSource}. */
    static boolean isOf(DataSource dataSource) {
        var managed = managed(dataSource);
        return TransactionSynchronizationManager.getResource(managed) instanceof ConnectionHolder holder
                && !commitsByItself(holder)
                && !isLentToForeignTransaction(holder, managed);
    }

    /** The data source under which a transaction manager registers its connection. */
    private static DataSource managed(DataSource dataSource) {
        return dataSource instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null
                ? proxy.getTargetDataSource()
                : dataSource;
    }

    /** Returns whether an earlier statement has opened its own connection. Spring keeps it until the foreign transaction ends. */
    private static boolean commitsByItself(ConnectionHolder holder) {
        try {
            return holder.getConnection().getAutoCommit();
        } catch (SQLException e) {
            throw new IllegalStateException("The connection of the current transaction is unusable", e);
        }
    }

    /** Same as {@link #commitsByItself} for a pool without auto-commit, whose connection would never commit. */
    private static boolean isLentToForeignTransaction(ConnectionHolder holder, DataSource dataSource) {
        return holder.getConnectionHandle() instanceof SimpleConnectionHandle
                && neverCommitsByItself(dataSource)
                && TransactionSynchronizationManager.getSynchronizations().stream()
                        .anyMatch(synchronization ->
                                synchronization.getClass().getEnclosingClass() == DataSourceUtils.class);
    }

    private static boolean neverCommitsByItself(DataSource dataSource) {
        try {
            return dataSource.isWrapperFor(HikariDataSource.class)
                    && !dataSource.unwrap(HikariDataSource.class).isAutoCommit();
        } catch (SQLException e) {
            return false;
        }
    }
}
