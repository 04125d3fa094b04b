package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.schema.PersistenceContext;
import dev.orderflow.eventing.wire.ReversibleSynchronization;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Rolls a batch's transaction back to a savepoint before a failed handler, so that the other events need not be handled again.
 * <p>
 * The database restores its state on rollback; memory does not. Changes that handlers made in memory are flushed before a
 * savepoint, and evicted on rollback, so that they are loaded again. Rollback to a savepoint is impossible if the transaction
 * owns other state in memory, such as beans in transaction scope or after-commit callbacks. It is also impossible when the
 * transaction is marked for rollback.
 */
class BatchSavepoints {

    private static final String SET = "SAVEPOINT handled";
    /** Releases the previous savepoint. Otherwise savepoints of the same name would accumulate. */
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

    /** The savepoint of one transaction. Setting it again releases the previous one. */
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

        /** Rolls back to the savepoint. Returns false and does nothing if that is impossible. */
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

    /**
     * Number of events between two savepoints. It is large while no event fails, because a savepoint costs about as much as handling
     * one or two events. It is small while some fail, because the events between the savepoint and a failed one are handled again.
     * With a share q of failing events and a savepoint that costs as much as c events, a distance of k costs c / k + q k / 2 per
     * event. The minimum is at k = √(2c / q). Not thread-safe.
     */
    static final class Distance {

        /** Number of past events that the average covers. */
        private static final double MEMORY = 1_000;

        private static final double SAVEPOINT_COST = 1.5;
        private static final double LARGEST = 1 << 20;

        private double failing;

        int size() {
            return (int) Math.min(LARGEST, Math.ceil(Math.sqrt(2 * SAVEPOINT_COST / failing)));
        }

        /** @param events that were handled since the last savepoint without a failure */
        void succeeded(int events) {
            failing *= Math.pow(1 - 1 / MEMORY, events);
        }

        /** Reports that one event failed. */
        void failed() {
            failing += 1 / MEMORY;
        }
    }
}
