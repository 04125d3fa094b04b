package dev.orderflow.eventing.inbox;

import jakarta.persistence.EntityManagerFactory;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;

/** The current persistence context. */
public class JpaLoadedEntities implements LoadedEntities {

    private final EntityManagerFactory entityManagers;

    public JpaLoadedEntities(EntityManagerFactory entityManagers) {
        this.entityManagers = entityManagers;
    }

    @Override
    public void forget() {
        var current = EntityManagerFactoryUtils.getTransactionalEntityManager(entityManagers);
        if (current != null) {
            current.clear();
        }
    }
}
