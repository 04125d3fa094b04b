package dev.orderflow.order.ownership;

import dev.orderflow.eventing.TenantRows;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions that only read, and see the rows of one tenant or of all. */
@Component
public class OwnedRows {

    private final TransactionTemplate reading;

    OwnedRows(PlatformTransactionManager transactions) {
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /** Does {@code work} in a transaction that sees the rows of the tenant. */
    public <T extends @Nullable Object> T read(String tenant, Supplier<T> work) {
        return read(TenantRows.of(tenant), work);
    }

    /** Does {@code work}, for which no request asks, in a transaction that sees the rows of all tenants. */
    public <T extends @Nullable Object> T readAll(Supplier<T> work) {
        return read(TenantRows.ofAll(), work);
    }

    private <T extends @Nullable Object> T read(TenantRows rows, Supplier<T> work) {
        return rows.call(() -> reading.execute(status -> work.get()));
    }
}
