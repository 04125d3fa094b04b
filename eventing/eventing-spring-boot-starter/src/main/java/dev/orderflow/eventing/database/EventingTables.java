package dev.orderflow.eventing.database;

import javax.sql.DataSource;

/**
 * The starter's tables in the application's database. Beans that read or write them take this one as a parameter, so that they are
 * created after the tables are up to date.
 */
public final class EventingTables {

    private final DataSource committing;

    EventingTables(DataSource dataSource) {
        this.committing = new CommittingDataSource(dataSource);
    }

    /** The application's connections, on which a statement that is part of no transaction commits by itself. */
    public DataSource committing() {
        return committing;
    }
}
