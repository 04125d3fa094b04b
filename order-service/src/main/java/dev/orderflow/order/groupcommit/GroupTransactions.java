package dev.orderflow.order.groupcommit;

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

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    public GroupTransactions(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    <T> T execute(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.get()));
    }

    /** Runs {@code work} in a transaction that waits for locks only for a short time. */
    <T> T executeImpatiently(Supplier<T> work) {
        return execute(() -> {
            jdbc.sql(DO_NOT_WAIT_FOR_LONG).update();
            return work.get();
        });
    }
}
