package dev.orderflow.eventing.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.ClassUtils;

/**
 * Finds the data source and the transaction manager of the starter's tables among the application's. An ambiguous choice is
 * rejected, because the wrong one would publish events although the change that they report was rolled back.
 */
final class DatabaseBeans {

    private static final String DATA_SOURCE = "eventing.data-source";
    private static final String TRANSACTION_MANAGER = "eventing.transaction-manager";
    private static final boolean HAS_JPA = ClassUtils.isPresent(
            "org.springframework.orm.jpa.JpaTransactionManager", DatabaseBeans.class.getClassLoader());

    private final ListableBeanFactory beans;

    DatabaseBeans(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /** @param name name of the bean; null for the only or primary one */
    DataSource dataSource(@Nullable String name) {
        return name != null ? named(DataSource.class, DATA_SOURCE, name) : unique(DataSource.class, DATA_SOURCE);
    }

    /**
     * Prefers the application's only or primary transaction manager, which may wrap that of {@code dataSource}, for instance to
     * set a tenant. Ignores it if it is known to belong to another data source.
     *
     * @param name name of the bean; null for the only or primary one, or else that of {@code dataSource}
     */
    PlatformTransactionManager transactions(@Nullable String name, DataSource dataSource) {
        if (name != null) {
            return named(PlatformTransactionManager.class, TRANSACTION_MANAGER, name);
        }
        var chosen = beans.getBeanProvider(PlatformTransactionManager.class).getIfUnique();
        if (chosen != null
                && dataSourceOf(chosen)
                        .filter(other -> !other.equals(dataSource))
                        .isEmpty()) {
            return chosen;
        }
        var own = new LinkedHashMap<>(beans.getBeansOfType(PlatformTransactionManager.class));
        own.values()
                .removeIf(manager ->
                        dataSourceOf(manager).filter(dataSource::equals).isEmpty());
        return own.size() == 1
                ? own.values().iterator().next()
                : unique(PlatformTransactionManager.class, TRANSACTION_MANAGER);
    }

    private <T> T unique(Class<T> type, String property) {
        var unique = beans.getBeanProvider(type).getIfUnique();
        if (unique == null) {
            throw new IllegalStateException("The eventing starter needs one " + type.getSimpleName() + " and finds "
                    + names(beans.getBeansOfType(type))
                    + ". Name the one of the database that is to hold the outbox and"
                    + " the inbox with the property " + property + ", or mark it as @Primary.");
        }
        return unique;
    }

    private <T> T named(Class<T> type, String property, String name) {
        var candidates = beans.getBeansOfType(type);
        return Optional.ofNullable(candidates.get(name))
                .orElseThrow(() -> new InvalidConfigurationPropertyValueException(
                        property,
                        name,
                        "No " + type.getSimpleName() + " has this name. There are: " + names(candidates)));
    }

    private static Optional<DataSource> dataSourceOf(PlatformTransactionManager manager) {
        if (manager instanceof DataSourceTransactionManager jdbc) {
            return Optional.ofNullable(jdbc.getDataSource());
        }
        return HAS_JPA ? Jpa.dataSourceOf(manager) : Optional.empty();
    }

    private static String names(Map<String, ?> found) {
        Set<String> names = found.keySet();
        return names.isEmpty() ? "none" : names.stream().sorted().collect(Collectors.joining(", "));
    }

    /** Separate class, because JPA is optional. */
    private static final class Jpa {

        static Optional<DataSource> dataSourceOf(PlatformTransactionManager manager) {
            return manager instanceof JpaTransactionManager jpa
                    ? Optional.ofNullable(jpa.getDataSource())
                    : Optional.empty();
        }
    }
}
