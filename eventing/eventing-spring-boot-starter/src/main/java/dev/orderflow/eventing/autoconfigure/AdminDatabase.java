package dev.orderflow.eventing.autoconfigure;

import com.zaxxer.hikari.HikariConfig;
import dev.orderflow.eventing.schema.EventingDatabase;
import dev.orderflow.eventing.schema.EventingSchema;
import java.time.Duration;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Connections of administration: gauges, replays, and what operators ask and do. Requests that have drained the application's pool
 * do not keep it from working, and however much it reads, consumers have all connections of theirs.
 * <p>
 * Its transactions are its own and must touch nothing but the starter's tables: what an application writes would not be part of
 * them. An application whose pool is not HikariCP shares its pool and its transactions.
 */
class AdminDatabase implements DisposableBean {

    /** Large tables are counted and listed. */
    private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(2);

    /** One for what repeats itself, and one for an operator. */
    private static final int CONNECTIONS = 2;

    private static final Duration IDLE = Duration.ofMinutes(1);

    private final DerivedPool pool;
    private final EventingSchema schema;
    private final PlatformTransactionManager transactions;

    AdminDatabase(EventingDatabase applications) {
        pool = DerivedPool.of(applications.dataSource(), LONGEST_STATEMENT, AdminDatabase::configure);
        schema = applications.schema();
        transactions = pool.isOwn() ? new JdbcTransactionManager(pool.dataSource()) : applications.transactions();
    }

    EventingSchema schema() {
        return schema;
    }

    JdbcTemplate template() {
        return new JdbcTemplate(pool.dataSource());
    }

    JdbcClient client() {
        return schema.client(template());
    }

    TransactionTemplate transaction() {
        return new TransactionTemplate(transactions);
    }

    @Override
    public void destroy() {
        pool.close();
    }

    private static void configure(HikariConfig config) {
        config.setPoolName("eventing-admin");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE.toMillis());
    }
}
