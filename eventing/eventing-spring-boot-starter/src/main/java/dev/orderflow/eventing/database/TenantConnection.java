package dev.orderflow.eventing.database;

import dev.orderflow.eventing.TenantRows;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * States at the beginning of each transaction of a connection whose rows it may see. PostgreSQL forgets that with the transaction,
 * however it ends, so that a pool, a pooler between transactions, and a replaced connection have nothing to reset. A transaction
 * that could not state it does not begin. A connection that is committed and goes on without a new beginning sees no row.
 * <p>
 * The rows of all tenants belong to a role of their own, which the application's role may take on but does not inherit.
 */
final class TenantConnection implements InvocationHandler {

    /** One more round trip per transaction; BEGIN goes with it. */
    private static final String ONE_TENANT = "SELECT set_config('orderflow.tenant', ?, true)";

    /** Changes nothing until there are policies for that role, because it gets its rights with them. */
    private static final String ALL_TENANTS = """
            SELECT set_config('role', r.rolname, true) FROM pg_catalog.pg_roles r
            WHERE r.rolname = session_user || '_system'
              AND EXISTS (SELECT FROM pg_catalog.pg_policy p WHERE r.oid = ANY (p.polroles))
            """;

    private final Connection connection;

    TenantConnection(Connection connection) {
        this.connection = connection;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "setAutoCommit" -> {
                var began = connection.getAutoCommit();
                pass(method, arguments);
                if (began) {
                    begin();
                }
                yield null;
            }
            default -> pass(method, arguments);
        };
    }

    /** States whose rows the transaction sees, unless the connection commits each statement. */
    void begin() throws SQLException {
        var rows = TenantRows.current();
        if (rows == null || connection.getAutoCommit()) {
            return;
        }
        try (var statement = connection.prepareStatement(rows.tenant() == null ? ALL_TENANTS : ONE_TENANT)) {
            if (rows.tenant() != null) {
                statement.setString(1, rows.tenant());
            }
            statement.execute();
        }
    }

    private @Nullable Object pass(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
