package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.schema.PersistenceContext;
import dev.orderflow.eventing.wire.ReversibleSynchronization;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Rolls a batch's transaction back to before a handler that failed, so that the other events need not be handled again.
 * <p>
 * The database rolls back by itself; memory does not. Changes that handlers made in memory are flushed before a savepoint, and
 * evicted on rollback, so that they are loaded again. Rollback to a savepoint is impossible if the transaction owns anything else
 * in memory, such as beans in transaction scope or after-commit callbacks. It is impossible too when the transaction is marked
 * for rollback.
 */
class BatchSavepoints {

    private static final String SET = "SAVEPOINT handled";
    /** Releases the previous savepoint: savepoints of one name would pile up. */
    private static final String SET_ANEW = "RELEASE SAVEPOINT handled; SAVEPOINT handled";

    private static final String GO_BACK = "ROLLBACK TO SAVEPOINT handled";

    private final JdbcClient jdbc;
    private final PersistenceContext entities;

    BatchSavepoints(JdbcClient jdbc, PersistenceContext entities) {
        this.jdbc = jdbc;
        this.entities = entities;
    }

    /** Begins a transaction's savepoints. */
    Savepoint begin(TransactionStatus status) {
        return new Savepoint(status);
    }

    /** The savepoints of one transaction. There is one at a time: the last one that was set. */
    final class Savepoint {

        private final TransactionStatus status;
        private boolean isSet;

        private Savepoint(TransactionStatus status) {
            this.status = status;
        }

        void set() {
            status.flush();
            jdbc.sql(isSet ? SET_ANEW : SET).update();
            isSet = true;
            synchronizations().forEach(synchronization -> synchronization.savepoint(this));
        }

        /** Rolls back to the savepoint. Returns false, and does nothing, if that is impossible. */
        boolean goBack() {
            if (status.isRollbackOnly()
                    || !synchronizations().stream().allMatch(ReversibleSynchronization.class::isInstance)) {
                return false;
            }
            jdbc.sql(GO_BACK).update();
            entities.clear();
            synchronizations().forEach(synchronization -> synchronization.savepointRollback(this));
            return true;
        }

        private static List<TransactionSynchronization> synchronizations() {
            return TransactionSynchronizationManager.getSynchronizations();
        }
    }
}
