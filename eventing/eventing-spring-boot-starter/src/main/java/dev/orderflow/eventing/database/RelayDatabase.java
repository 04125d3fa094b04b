package dev.orderflow.eventing.database;

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
 * The relay's own connection to the application's database, with its own settings, so that the relay never waits for a connection
 * that requests hold. A second connection listens for signals of other instances. An application whose pool is not HikariCP
 * shares its pool with the relay, which is slower but equally safe.
 */
public class RelayDatabase implements DisposableBean {

    /**
     * Session settings. Each statement of the relay has one good plan, an index scan, regardless of the table's current content.
     * It is planned once, and outdated statistics cannot change the plan. Commits only store positions and leases. Losing the
     * latest of them is harmless, so commits need not wait for the disk.
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

    public DataSource dataSource() {
        return pool.dataSource();
    }

    public EventingSchema schema() {
        return schema;
    }

    public JdbcTemplate template() {
        return template;
    }

    public JdbcClient client() {
        return schema.client(template);
    }

    /** Transactions separate from the application's, with READ COMMITTED, even where the application's pool is shared. */
    public TransactionOperations transaction() {
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
