package dev.orderflow.order.ordering;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Loses its connection while the first transaction has written all, and has yet to commit. */
final class CommittingLater implements TransactionOperations {

    final CountDownLatch commit = new CountDownLatch(1);
    private final TransactionTemplate real;
    private final AtomicBoolean broken = new AtomicBoolean();

    CommittingLater(TransactionTemplate real) {
        this.real = real;
    }

    @Override
    public <T> T execute(TransactionCallback<T> action) {
        if (!broken.compareAndSet(false, true)) {
            return real.execute(action);
        }
        var written = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            try {
                real.execute(status -> {
                    var result = action.doInTransaction(status);
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void beforeCompletion() {
                            written.countDown();
                            PlacementGroupsIT.hold(commit);
                        }
                    });
                    return result;
                });
            } finally {
                written.countDown(); // It may have failed before.
            }
        });
        PlacementGroupsIT.hold(written);
        throw new DataAccessResourceFailureException("the connection is gone");
    }
}
