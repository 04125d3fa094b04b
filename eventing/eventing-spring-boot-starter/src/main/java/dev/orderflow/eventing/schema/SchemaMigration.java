package dev.orderflow.eventing.schema;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Creates and upgrades the starter's tables with Flyway, with a history apart from the application's. */
final class SchemaMigration {

    private static final String HISTORY = "eventing_schema_history";

    private static final String IS_THERE = "SELECT to_regclass(?) IS NOT NULL";

    private SchemaMigration() {}

    /** @param dataSource whose role may create the tables, and the schema if that is missing */
    static void migrate(DataSource dataSource, EventingSchema schema) {
        configuration(schema).dataSource(dataSource).load().migrate();
    }

    /**
     * Must precede the migration to a schema.
     *
     * @throws IllegalStateException when {@code schema} has no tables yet and the default schema has: their events would never be
     *                               sent
     */
    static void requireNothingLeftBehind(DataSource dataSource, EventingSchema schema) {
        var jdbc = new JdbcTemplate(dataSource);
        var isNew = schema.name().isPresent() && !is(jdbc, IS_THERE, schema.sql("eventing." + HISTORY));
        if (isNew && is(jdbc, IS_THERE, HISTORY)) {
            throw new IllegalStateException("The starter's tables are in the default schema and not yet in " + schema
                    + ", which eventing.schema names. If they are this application's, move them there, as their events would"
                    + " never be sent (ALTER TABLE … SET SCHEMA, ALTER FUNCTION … SET SCHEMA; with " + HISTORY + ")."
                    + " If they are another application's, set eventing.migration.ignore-default-schema=true.");
        }
    }

    /** Baseline 0: the application's tables may be there already, and are no concern of this history. */
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

    private static boolean is(JdbcTemplate jdbc, String question, String name) {
        return Boolean.TRUE.equals(jdbc.queryForObject(question, Boolean.class, name));
    }

    private static String location(String folder) {
        return "classpath:" + folder;
    }
}
