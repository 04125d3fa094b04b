package dev.orderflow.eventing.schema;

import dev.orderflow.eventing.TenantRows;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The application's database that contains the starter's tables. Writes through it join the application's transactions.
 *
 * @param dataSource   the application's data source
 * @param transactions transaction manager of {@code dataSource}
 */
public record EventingDatabase(DataSource dataSource, PlatformTransactionManager transactions, EventingSchema schema) {

    public JdbcTemplate template() {
        return new JdbcTemplate(dataSource);
    }

    /** Returns a template that accepts SQL with the qualifier of {@link EventingSchema}. */
    public JdbcClient client() {
        return schema.client(template());
    }

    /** Returns transactions that see the rows of all tenants. */
    public TransactionTemplate transaction() {
        return new TransactionTemplate(new InterruptibleTransactions(transactions)) {
            @Override
            public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
                return TenantRows.ofAll().call(() -> super.execute(action));
            }
        };
    }
}
