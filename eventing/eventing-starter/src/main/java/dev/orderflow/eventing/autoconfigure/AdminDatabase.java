package dev.orderflow.eventing.autoconfigure;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
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

    private final Optional<HikariDataSource> own;
    private final DataSource dataSource;
    private final PlatformTransactionManager transactions;

    AdminDatabase(DataSource applications, PlatformTransactionManager applicationsTransactions) {
        own = hikari(applications).map(AdminDatabase::derive);
        dataSource = own.map(DataSource.class::cast).orElse(applications);
        transactions =
                own.<PlatformTransactionManager>map(JdbcTransactionManager::new).orElse(applicationsTransactions);
    }

    JdbcTemplate template() {
        return new JdbcTemplate(dataSource);
    }

    JdbcClient client() {
        return JdbcClient.create(template());
    }

    TransactionTemplate transaction() {
        return new TransactionTemplate(transactions);
    }

    @Override
    public void destroy() {
        own.ifPresent(HikariDataSource::close);
    }

    private static Optional<HikariDataSource> hikari(DataSource dataSource) {
        try {
            return dataSource.isWrapperFor(HikariDataSource.class)
                    ? Optional.of(dataSource.unwrap(HikariDataSource.class))
                    : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private static HikariDataSource derive(HikariDataSource applications) {
        var config = new HikariConfig();
        applications.copyStateTo(config);
        config.setPoolName("eventing-admin");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE.toMillis());
        config.setAutoCommit(true);
        config.setReadOnly(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        // That the database answers at start-up is the application's pool's concern.
        config.setInitializationFailTimeout(-1);
        PoolTimeouts.bound(config, LONGEST_STATEMENT);
        return new HikariDataSource(config);
    }
}
