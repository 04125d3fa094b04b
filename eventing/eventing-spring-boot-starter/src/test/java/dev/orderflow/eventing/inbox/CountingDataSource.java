package dev.orderflow.eventing.inbox;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Counts executed statements; a JDBC batch, which is one round trip, counts as one. */
class CountingDataSource extends DelegatingDataSource {

    private final List<String> executed = new CopyOnWriteArrayList<>();

    CountingDataSource(DataSource target) {
        super(target);
    }

    /** Returns the SQL that was executed since the last call, in its order. */
    List<String> executed() {
        var result = List.copyOf(executed);
        executed.clear();
        return result;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return counting(Connection.class, super.getConnection(), "");
    }

    private <T> T counting(Class<T> type, T target, String sql) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (target instanceof Statement && method.getName().startsWith("execute")) {
                executed.add(sql.isEmpty() ? (String) arguments[0] : sql);
            }
            try {
                var result = method.invoke(target, arguments);
                return switch (result) {
                    case PreparedStatement prepared
                    when target instanceof Connection ->
                        counting(PreparedStatement.class, prepared, (String) arguments[0]);
                    case Statement statement
                    when target instanceof Connection -> counting(Statement.class, statement, "");
                    case null, default -> result;
                };
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
