package dev.orderflow.eventing.outbox;

import jakarta.persistence.EntityManagerFactory;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;

/** Changes in the current persistence context. Flushing it first locks the rows of aggregates before those of the outbox. */
class JpaPendingChanges implements TransactionalEventPublisher.PendingChanges {

    private final EntityManagerFactory entityManagers;

    JpaPendingChanges(EntityManagerFactory entityManagers) {
        this.entityManagers = entityManagers;
    }

    @Override
    public void flush() {
        var current = EntityManagerFactoryUtils.getTransactionalEntityManager(entityManagers);
        if (current != null) {
            current.flush();
        }
    }
}
