package dev.orderflow.order.groupcommit;

import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The transactions of {@link GroupCommit}. */
@Component
public class GroupTransactions {

    /** A server may take long to notice that nobody is at the other end of a connection. */
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

    /** Waits for other transactions, but not for long. */
    <T> T executeImpatiently(Supplier<T> work) {
        return execute(() -> {
            jdbc.sql(DO_NOT_WAIT_FOR_LONG).update();
            return work.get();
        });
    }
}
