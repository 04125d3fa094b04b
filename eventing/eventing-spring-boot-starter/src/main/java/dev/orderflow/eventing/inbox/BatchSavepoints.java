package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.wire.ReversibleSynchronization;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Lets the transaction of a batch go back to before a handler that failed, so that the others need not be handled again.
 * <p>
 * The database goes back by itself; memory does not. What handlers have changed in memory is sent to the database before a
 * savepoint, and forgotten when going back, so that it is read again. If there is anything else in memory that belongs to
 * the transaction, such as beans in transaction scope or what is to happen after the commit, there is no way back; nor when
 * somebody has marked the transaction for rollback.
 */
class BatchSavepoints {

    private static final String SET = "SAVEPOINT handled";
    /** Released, because savepoints of one name would pile up. */
    private static final String SET_ANEW = "RELEASE SAVEPOINT handled; SAVEPOINT handled";

    private static final String GO_BACK = "ROLLBACK TO SAVEPOINT handled";

    private final JdbcClient jdbc;
    private final LoadedEntities entities;

    BatchSavepoints(JdbcClient jdbc, LoadedEntities entities) {
        this.jdbc = jdbc;
        this.entities = entities;
    }

    /** Begins a transaction's savepoints. */
    Savepoint begin(TransactionStatus status) {
        return new Savepoint(status);
    }

    /** There is one at a time: the last one that was set. */
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

        /** Returns false, and does nothing, if there is no way back. */
        boolean goBack() {
            if (status.isRollbackOnly()
                    || !synchronizations().stream().allMatch(ReversibleSynchronization.class::isInstance)) {
                return false;
            }
            jdbc.sql(GO_BACK).update();
            entities.forget();
            synchronizations().forEach(synchronization -> synchronization.savepointRollback(this));
            return true;
        }

        private static List<TransactionSynchronization> synchronizations() {
            return TransactionSynchronizationManager.getSynchronizations();
        }
    }
}
