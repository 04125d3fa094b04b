package dev.orderflow.eventing.database;

import dev.orderflow.eventing.schema.EventingDatabase;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The starter's tables in the application's database. Beans that read or write them take this one as a parameter, so that they are
 * created after the tables are up to date.
 */
public final class ReadyTables {

    private final EventingDatabase database;
    private final DataSource committing;

    ReadyTables(EventingDatabase database) {
        this.database = database;
        this.committing = new CommittingDataSource(database.dataSource());
    }

    /** The application's connections, on which a statement that is part of no transaction commits by itself. */
    public DataSource committing() {
        return committing;
    }

    /** Uses {@link #committing} connections. */
    public JdbcClient committingClient() {
        return database.schema().client(new JdbcTemplate(committing));
    }
}
