package dev.orderflow.eventing.admin.deadletter;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.eventing.deadletter.RecordingRequeue;
import dev.orderflow.eventing.schema.EventingTables;
import dev.orderflow.eventing.test.TestInfrastructure;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A separate database for the dead letters of many consumers. */
public class DeadLetterDatabase implements AutoCloseable {

    public final HikariDataSource dataSource;
    public final JdbcClient jdbc;
    final TransactionTemplate transaction;

    public DeadLetterDatabase() {
        var database = TestInfrastructure.get().createDatabase("dead_letters");
        var config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.username());
        config.setPassword(database.password());
        config.setMaximumPoolSize(12);
        config.setConnectionTimeout(3000);
        dataSource = new HikariDataSource(config);
        EventingTables.create(dataSource);
        jdbc = EventingTables.client(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        RecordingRequeue.createTable(jdbc);
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
