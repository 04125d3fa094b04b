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
 * Distinguishes a transaction of a data source from one of another data source, or of a manager that does not use JDBC. Both look the
 * same in Spring: in the second case a statement gets its own connection, which commits it at once, or never. The check needs
 * neither the pool nor the server.
 */
final class CurrentTransaction {

    private CurrentTransaction() {}

    /** Returns whether the current transaction, which must exist, is one of {@code dataSource}. */
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

    /** Returns whether an earlier statement has got a connection of its own, which Spring keeps until the foreign transaction ends. */
    private static boolean commitsByItself(ConnectionHolder holder) {
        try {
            return holder.getConnection().getAutoCommit();
        } catch (SQLException e) {
            throw new IllegalStateException("The connection of the current transaction is unusable", e);
        }
    }

    /** Same as {@link #commitsByItself} for a pool whose connections never commit by themselves: nobody would commit this one. */
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
