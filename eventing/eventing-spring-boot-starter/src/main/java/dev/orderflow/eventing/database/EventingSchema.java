package dev.orderflow.eventing.database;

import javax.sql.DataSource;

/**
 * The starter's tables in the application's database. Beans that read or write them take this bean as a parameter, so that they are
 * created after the migrations.
 */
public final class EventingSchema {

    private final DataSource committing;

    EventingSchema(DataSource dataSource) {
        this.committing = new CommittingDataSource(dataSource);
    }

    /** The application's connections in auto-commit mode. */
    public DataSource committing() {
        return committing;
    }
}
