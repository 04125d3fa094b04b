package dev.orderflow.eventing.schema;

import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The starter's tables in the default schema of a test's database. */
public final class EventingTables {

    private EventingTables() {}

    public static void create(DataSource dataSource) {
        SchemaMigration.migrate(dataSource, EventingSchema.UNSET);
    }

    /** @param version the last script to apply */
    public static void create(DataSource dataSource, String version) {
        SchemaMigration.configuration(EventingSchema.UNSET)
                .dataSource(dataSource)
                .target(version)
                .load()
                .migrate();
    }

    /** Applies what {@link PrintSql} prints, as a team's own tool does: in one transaction. */
    static void apply(DataSource dataSource, String printed) {
        new TransactionTemplate(new JdbcTransactionManager(dataSource))
                .executeWithoutResult(status -> new JdbcTemplate(dataSource).execute(printed));
    }

    /** Takes SQL of the starter. */
    public static JdbcClient client(DataSource dataSource) {
        return EventingSchema.UNSET.client(new JdbcTemplate(dataSource));
    }

    /** The auto-configuration of the database, for tests of other packages. */
    public static AutoConfigurations autoConfiguration() {
        return AutoConfigurations.of(EventingSchemaAutoConfiguration.class);
    }

    public static PersistenceContext persistenceContext(EntityManagerFactory unit) {
        return new JpaPersistenceContext(unit);
    }
}
