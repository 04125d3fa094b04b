package dev.orderflow.eventing.autoconfigure;

import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks that a transaction, and all that write to outbox and inbox, are of one database. In an application with several it is
 * easily not so, and nothing would fail: events would be published although the change they tell of was rolled back.
 */
class OneDatabase {

    private static final String SET = "SELECT set_config('eventing.transaction', ?, true)";
    private static final String READ = "SELECT current_setting('eventing.transaction', true)";

    private final DataSource dataSource;
    private final JdbcTemplate template;
    private final JdbcClient client;

    OneDatabase(DataSource dataSource, JdbcTemplate template, JdbcClient client) {
        this.dataSource = dataSource;
        this.template = template;
        this.client = client;
    }

    /** @throws IllegalStateException when a transaction of {@code transactions} does not include what the others do */
    void require(PlatformTransactionManager transactions) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            var mark = UUID.randomUUID().toString();
            // Until the transaction ends, or this statement if it is in none.
            template.queryForObject(SET, String.class, mark);
            var seenByClient = client.sql(READ).query(String.class).optional().orElse(null);
            var seenByDataSource = new JdbcTemplate(dataSource).queryForObject(READ, String.class);
            if (!mark.equals(seenByClient) || !mark.equals(seenByDataSource)) {
                throw new IllegalStateException(
                        "The PlatformTransactionManager and the DataSource that outbox and inbox are to use do not share one"
                                + " transaction. With several databases, name the beans of the one that holds outbox and inbox"
                                + " (eventing.data-source, eventing.transaction-manager), or mark them as @Primary.");
            }
        });
    }
}
