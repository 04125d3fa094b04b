package dev.orderflow.eventing.schema;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.eventing.test.Database;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A database of a test's own with the starter's tables, and what the starter uses it with. It is a copy of one that is migrated once
 * per JVM: Flyway takes longer than most tests.
 */
public class TestDatabase implements AutoCloseable {

    public final HikariDataSource dataSource;
    public final JdbcTemplate template;
    /** Takes SQL of the starter. */
    public final JdbcClient jdbc;

    public final TransactionTemplate transaction;

    /** @param settings changes the pool's defaults */
    protected TestDatabase(Consumer<HikariConfig> settings) {
        this(pool(TestInfrastructure.get().copyDatabase(Migrated.ONCE), config -> {
            // Most tests need one connection.
            config.setMinimumIdle(1);
            settings.accept(config);
        }));
        // As after a migration: no time was witnessed.
        jdbc.sql("UPDATE upkeep_mark SET at = now(), next_txid = pg_snapshot_xmin(pg_current_snapshot())")
                .update();
    }

    /** Opens a database, and creates the tables unless it has them. */
    protected TestDatabase(Database database, Consumer<HikariConfig> settings) {
        this(pool(database, settings));
        EventingTables.create(dataSource);
    }

    private TestDatabase(HikariDataSource pool) {
        dataSource = pool;
        template = new JdbcTemplate(dataSource);
        jdbc = EventingTables.client(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    private static HikariDataSource pool(Database database, Consumer<HikariConfig> settings) {
        var config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.username());
        config.setPassword(database.password());
        settings.accept(config);
        return new HikariDataSource(config);
    }

    @Override
    public void close() {
        dataSource.close();
    }

    /** The database that all others are copies of. */
    private static final class Migrated {

        private static final Database ONCE = migrate();

        private static Database migrate() {
            var database = TestInfrastructure.get().createDatabase("eventing");
            try (var pool = pool(database, config -> config.setMaximumPoolSize(2))) {
                EventingTables.create(pool);
            }
            return database;
        }
    }
}
