package dev.orderflow.eventing.inbox;

import jakarta.persistence.EntityManagerFactory;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The current persistence context. */
class JpaLoadedEntities implements LoadedEntities {

    private final EntityManagerFactory entityManagers;

    JpaLoadedEntities(EntityManagerFactory entityManagers) {
        this.entityManagers = entityManagers;
    }

    @Override
    public void forget() {
        // Asking for a persistence context that does not exist would open it.
        if (TransactionSynchronizationManager.hasResource(entityManagers)) {
            var current = EntityManagerFactoryUtils.getTransactionalEntityManager(entityManagers);
            if (current != null) {
                current.clear();
            }
        }
    }
}
