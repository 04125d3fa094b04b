package dev.orderflow.eventing.schema;

import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

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

    /** Takes SQL of the starter. */
    public static JdbcClient client(DataSource dataSource) {
        return EventingSchema.UNSET.client(new JdbcTemplate(dataSource));
    }
}
