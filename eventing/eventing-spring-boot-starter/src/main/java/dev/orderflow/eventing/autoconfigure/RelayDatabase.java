package dev.orderflow.eventing.autoconfigure;

import com.zaxxer.hikari.HikariConfig;
import dev.orderflow.eventing.schema.EventingDatabase;
import dev.orderflow.eventing.schema.EventingSchema;
import javax.sql.DataSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The relay's own connection to the application's database, so that it never waits for one that requests hold, and with settings
 * of its own; a second one while it listens for signals of other instances. An application whose pool is not HikariCP shares its pool
 * with the relay, which is slower but as safe.
 */
class RelayDatabase implements DisposableBean {

    /**
     * The relay's statements have one good plan each, by index, which does not depend on what the table holds at the moment:
     * plan them once, and do not let outdated statistics lead astray. Its commits only store positions and leases, and an older one
     * does no harm: they need not wait for the disk.
     */
    private static final String SETTINGS = """
            SET plan_cache_mode = force_generic_plan;
            SET enable_seqscan = off;
            SET enable_bitmapscan = off;
            SET synchronous_commit = off\
            """;

    private final DerivedPool pool;
    private final EventingSchema schema;
    private final JdbcTemplate template;

    RelayDatabase(EventingDatabase applications) {
        schema = applications.schema();
        pool = DerivedPool.of(applications.dataSource(), PoolTimeouts.RELAY, RelayDatabase::configure);
        template = new JdbcTemplate(pool.dataSource());
    }

    DataSource dataSource() {
        return pool.dataSource();
    }

    EventingSchema schema() {
        return schema;
    }

    JdbcTemplate template() {
        return template;
    }

    JdbcClient client() {
        return schema.client(template);
    }

    /** Joins none of the application's transactions. READ COMMITTED, even where the application's pool is shared. */
    TransactionOperations transaction() {
        var transaction = new TransactionTemplate(new JdbcTransactionManager(pool.dataSource()));
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        return transaction;
    }

    @Override
    public void destroy() {
        pool.close();
    }

    private static void configure(HikariConfig config) {
        config.setPoolName("outbox-relay");
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(1);
        DerivedPool.begin(config, SETTINGS);
    }
}
