package dev.orderflow.eventing.database;

import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks that the transactions and all writers of outbox and inbox use one database. An application with several databases easily
 * violates this without an error: events would be published although the change that they report was rolled back.
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

    /** @throws IllegalStateException if a transaction of {@code transactions} does not include the statements of the others */
    void require(PlatformTransactionManager transactions) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            var mark = UUID.randomUUID().toString();
            // Valid until the transaction ends, or until this statement ends if there is no transaction.
            template.queryForObject(SET, String.class, mark);
            var seenByClient = client.sql(READ).query(String.class).optional().orElse(null);
            var seenByDataSource = new JdbcTemplate(dataSource).queryForObject(READ, String.class);
            if (!mark.equals(seenByClient) || !mark.equals(seenByDataSource)) {
                throw new IllegalStateException(
                        "The PlatformTransactionManager and the DataSource for outbox and inbox do not share one"
                                + " transaction. With several databases, name the beans of the one that contains outbox"
                                + " and inbox (eventing.data-source, eventing.transaction-manager), or mark them as"
                                + " @Primary.");
            }
        });
    }
}
