package dev.orderflow.eventing.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Migrates the starter's own tables, with a schema history separate from the application's. */
class EventingMigration {

    private static final String LOCATION = "classpath:db/eventing";
    private static final String HISTORY = "eventing_schema_history";

    private EventingMigration() {}

    /** Runs the migrations from baseline 0: the application's tables may exist already, and are not part of this history. */
    static void migrate(DataSource dataSource) {
        Flyway.configure()
                .dataSource(new MigrationDataSource(dataSource))
                .locations(LOCATION)
                .table(HISTORY)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
