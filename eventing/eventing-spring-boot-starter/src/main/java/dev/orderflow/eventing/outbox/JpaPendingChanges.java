package dev.orderflow.eventing.outbox;

import jakarta.persistence.EntityManagerFactory;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;

/** The current persistence context. Flushing it first lets the rows of aggregates be locked before those of the outbox. */
class JpaPendingChanges implements PendingChanges {

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
