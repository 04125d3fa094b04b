package dev.orderflow.eventing.inbox;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.eventing.schema.EventingTables;
import dev.orderflow.eventing.test.TestInfrastructure;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A real database with the starter's tables. Commits are not flushed to disk: no test involves a power failure. */
public class ScheduleDatabase implements AutoCloseable {

    public final HikariDataSource dataSource;
    public final JdbcTemplate template;
    public final JdbcClient jdbc;
    public final TransactionTemplate transaction;

    public ScheduleDatabase() {
        var database = TestInfrastructure.get().createDatabase("schedules");
        var config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.username());
        config.setPassword(database.password());
        config.setMaximumPoolSize(6);
        config.setConnectionInitSql("SET synchronous_commit = off");
        dataSource = new HikariDataSource(config);
        EventingTables.create(dataSource);
        template = new JdbcTemplate(dataSource);
        jdbc = EventingTables.client(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        template.execute("""
                CREATE TABLE effect (
                    id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, event_id uuid NOT NULL, account text NOT NULL)
                """);
        template.execute("CREATE INDEX effect_account ON effect (account)");
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
