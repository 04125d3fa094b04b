package dev.orderflow.eventing.database;

import dev.orderflow.eventing.schema.EventingDatabase;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The starter's tables in the application's database. Beans that read or write them have this bean as a parameter, so that they
 * are created after the migration of the tables.
 */
public final class ReadyTables {

    private final EventingDatabase database;
    private final DataSource committing;

    ReadyTables(EventingDatabase database) {
        this.database = database;
        this.committing = new CommittingDataSource(database.dataSource());
    }

    /** The application's connections in auto-commit mode: a statement outside of a transaction commits immediately. */
    public DataSource committing() {
        return committing;
    }

    /** Uses {@link #committing} connections. */
    public JdbcClient committingClient() {
        return database.schema().client(new JdbcTemplate(committing));
    }
}
