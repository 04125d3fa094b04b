package dev.orderflow.eventing.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the starter's own tables up to date, with a history apart from the application's. */
class EventingMigration {

    private static final String LOCATION = "classpath:db/eventing";
    private static final String HISTORY = "eventing_schema_history";

    private EventingMigration() {}

    /** Baseline 0: the application's tables may be there already, and are no concern of this history. */
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
