package dev.orderflow.order.groupcommit;

import dev.orderflow.eventing.TenantRows;
import jakarta.persistence.EntityManager;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The transactions of {@link GroupCommit}. */
@Component
public class GroupTransactions {

    /** Bound of the wait for locks: a server may take long to notice that the client of a connection is gone. */
    private static final String DO_NOT_WAIT_FOR_LONG = "SET LOCAL lock_timeout = '5s'";

    /** Statement by which {@link TenantRows} begins a transaction, too. */
    private static final String OTHER_TENANT = "SELECT set_config('orderflow.tenant', :tenant, true)";

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final EntityManager entities;

    public GroupTransactions(JdbcClient jdbc, TransactionOperations transactions, EntityManager entities) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.entities = entities;
    }

    /** Runs {@code work} in a transaction that sees the rows of one tenant. */
    <T> T execute(String tenant, Supplier<T> work) {
        return Objects.requireNonNull(TenantRows.of(tenant).call(() -> transactions.execute(status -> work.get())));
    }

    /** Writes what the current transaction has to write, and continues it with the rows of another tenant. */
    void continueWith(String tenant) {
        entities.flush();
        jdbc.sql(OTHER_TENANT).param("tenant", tenant).query(String.class).single();
    }

    /** Runs {@code work} in a transaction that waits for locks only for a short time. */
    <T> T executeImpatiently(String tenant, Supplier<T> work) {
        return execute(tenant, () -> {
            jdbc.sql(DO_NOT_WAIT_FOR_LONG).update();
            return work.get();
        });
    }
}
