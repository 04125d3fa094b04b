package dev.orderflow.order.ordering;

import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions that lose their connection just after the first commit. */
final class BrokenAfterFirstCommit implements TransactionOperations {

    private final TransactionTemplate real;
    private final AtomicBoolean broken = new AtomicBoolean();

    BrokenAfterFirstCommit(TransactionTemplate real) {
        this.real = real;
    }

    @Override
    public <T> T execute(TransactionCallback<T> action) {
        var result = real.execute(action);
        if (broken.compareAndSet(false, true)) {
            throw new DataAccessResourceFailureException("the connection is gone");
        }
        return result;
    }
}
