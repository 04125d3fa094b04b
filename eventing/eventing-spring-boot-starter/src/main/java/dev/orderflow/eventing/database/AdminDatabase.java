package dev.orderflow.eventing.database;

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
 * Database connections for administration: gauges, replays, and the requests of operators. Administration works even if requests
 * have exhausted the application's pool, and it never occupies a connection of the consumers.
 * <p>
 * Its transactions are separate and must write only to the starter's tables: they do not include writes of the application. An
 * application whose pool is not HikariCP shares its pool and its transactions.
 */
public class AdminDatabase implements DisposableBean {

    /** Long enough to count and list large tables. */
    private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(2);

    /** One connection for periodic work, and one for an operator. */
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

    public EventingSchema schema() {
        return schema;
    }

    public JdbcTemplate template() {
        return new JdbcTemplate(pool.dataSource());
    }

    public JdbcClient client() {
        return schema.client(template());
    }

    public TransactionTemplate transaction() {
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
