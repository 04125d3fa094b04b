package dev.orderflow.eventing.database;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections whose transactions begin by stating whose rows they may see, as {@link dev.orderflow.eventing.TenantRows} says.
 *
 * @see TenantConnection
 */
final class TenantDataSource extends DelegatingDataSource {

    TenantDataSource(DataSource pool) {
        super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return separated(super.getConnection());
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return separated(super.getConnection(username, password));
    }

    /** Returns the pool itself when asked for any data source, as for migrations with another role. */
    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        var pool = obtainTargetDataSource();
        return type.isInstance(pool) ? type.cast(pool) : super.unwrap(type);
    }

    private static Connection separated(Connection connection) throws SQLException {
        try {
            var separated = new TenantConnection(connection);
            separated.begin();
            return (Connection) Proxy.newProxyInstance(
                    TenantDataSource.class.getClassLoader(), new Class<?>[] {Connection.class}, separated);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }
}
