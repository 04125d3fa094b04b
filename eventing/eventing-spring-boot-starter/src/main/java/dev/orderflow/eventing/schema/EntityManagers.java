package dev.orderflow.eventing.schema;

import jakarta.persistence.EntityManagerFactory;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;

/** Finds the persistence unit of the starter's database, whose changes are in the same transactions. */
public final class EntityManagers {

    private EntityManagers() {}

    /** The only one; of several the one of the database's data source, or else the primary one; empty if there is none of these. */
    public static Optional<EntityManagerFactory> of(
            ObjectProvider<EntityManagerFactory> all, EventingDatabase database) {
        var factories = all.stream().toList();
        if (factories.size() == 1) {
            return Optional.of(factories.getFirst());
        }
        var own = factories.stream()
                .filter(factory -> factory instanceof EntityManagerFactoryInfo info
                        && database.dataSource().equals(info.getDataSource()))
                .toList();
        return own.size() == 1 ? Optional.of(own.getFirst()) : Optional.ofNullable(all.getIfUnique());
    }
}
