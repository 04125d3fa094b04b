package dev.orderflow.eventing.schema;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Creates and upgrades the starter's tables with Flyway, with a history that is separate from the application's. */
final class SchemaMigration {

    private static final String HISTORY = "eventing_schema_history";

    private SchemaMigration() {}

    /** @param dataSource data source whose role may create the tables, and the schema if it is missing */
    static void migrate(DataSource dataSource, EventingSchema schema) {
        configuration(schema).dataSource(dataSource).load().migrate();
    }

    /** Baseline 0, because the schema may already contain the application's tables, which do not belong to this history. */
    static FluentConfiguration configuration(EventingSchema schema) {
        var configuration = Flyway.configure()
                .locations(location(SchemaScripts.FOLDER))
                .table(HISTORY)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .callbacks(new Uuidv7Creation());
        return schema.name()
                .map(name -> configuration
                        .schemas(name)
                        .defaultSchema(name)
                        .locations(location(SchemaScripts.FOLDER), location(SchemaScripts.SCHEMA_FOLDER)))
                .orElse(configuration);
    }

    private static String location(String folder) {
        return "classpath:" + folder;
    }
}
