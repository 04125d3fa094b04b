package dev.orderflow.eventing.schema;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/**
 * Transactions whose statements may be interrupted. An interrupt of a virtual thread closes the connection that it waits for, as
 * happens to loops that are ended. The server then rolls back, and the client's own attempt fails, which nobody has to know.
 */
record InterruptibleTransactions(PlatformTransactionManager transactions) implements PlatformTransactionManager {

    private static final Logger LOG = LoggerFactory.getLogger(InterruptibleTransactions.class);

    @Override
    public TransactionStatus getTransaction(TransactionDefinition definition) {
        return transactions.getTransaction(definition);
    }

    @Override
    public void commit(TransactionStatus status) {
        transactions.commit(status);
    }

    @Override
    public void rollback(TransactionStatus status) {
        try {
            transactions.rollback(status);
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                throw e;
            }
            LOG.debug("rollback=left-to-server reason=interrupted", e);
        }
    }
}
