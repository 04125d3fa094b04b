package dev.orderflow.eventing.schema;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The current transaction's {@link EntityManager} of one persistence unit. */
final class JpaPersistenceContext implements PersistenceContext {

    private final EntityManagerFactory unit;

    JpaPersistenceContext(EntityManagerFactory unit) {
        this.unit = unit;
    }

    /**
     * Finds the persistence unit whose changes are in the transactions of {@code database}. It is the only unit; if there are
     * several, it is the unit of the database's data source, or else the primary one.
     */
    static PersistenceContext of(ObjectProvider<EntityManagerFactory> all, EventingDatabase database) {
        var units = all.stream().toList();
        if (units.size() == 1) {
            return new JpaPersistenceContext(units.getFirst());
        }
        var own = units.stream()
                .filter(unit -> unit instanceof EntityManagerFactoryInfo info
                        && database.dataSource().equals(info.getDataSource()))
                .toList();
        var chosen = own.size() == 1 ? own.getFirst() : all.getIfUnique();
        return chosen == null ? NONE : new JpaPersistenceContext(chosen);
    }

    @Override
    public void flush() {
        current().ifPresent(EntityManager::flush);
    }

    @Override
    public void clear() {
        current().ifPresent(EntityManager::clear);
    }

    /**
     * Returns the entity manager; empty if the transaction has not used the unit. Requesting a missing entity manager would open
     * one.
     */
    private Optional<EntityManager> current() {
        return TransactionSynchronizationManager.hasResource(unit)
                ? Optional.ofNullable(EntityManagerFactoryUtils.getTransactionalEntityManager(unit))
                : Optional.empty();
    }
}
