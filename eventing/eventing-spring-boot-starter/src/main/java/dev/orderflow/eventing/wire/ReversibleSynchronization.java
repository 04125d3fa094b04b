package dev.orderflow.eventing.wire;

import org.springframework.transaction.support.TransactionSynchronization;

/** Takes back what it was told since a savepoint when the transaction goes back there, even if it was not there yet then. */
public interface ReversibleSynchronization extends TransactionSynchronization {

    @Override
    void savepoint(Object savepoint);

    @Override
    void savepointRollback(Object savepoint);
}
