package dev.orderflow.eventing.wire;

import org.springframework.transaction.support.TransactionSynchronization;

/** Reverts all changes since a savepoint when the transaction rolls back to it, even if it was registered after the savepoint. */
public interface ReversibleSynchronization extends TransactionSynchronization {

    @Override
    void savepoint(Object savepoint);

    @Override
    void savepointRollback(Object savepoint);
}
