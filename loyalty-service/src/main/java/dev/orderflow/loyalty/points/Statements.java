package dev.orderflow.loyalty.points;

import dev.orderflow.edge.paging.Page;
import dev.orderflow.eventing.TenantRows;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads accounts and their entries, in transactions that see the rows of one tenant. */
@Service
class Statements {

    private final PointsRows rows;
    private final TransactionTemplate reading;

    Statements(PointsRows rows, PlatformTransactionManager transactions) {
        this.rows = rows;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    Optional<PointsAccount> find(PointsAccount.Key account) {
        return read(account, () -> rows.find(account));
    }

    /** Returns entries, the newest first. */
    Page<EntryView> entries(PointsAccount.Key account, EntryCursor after, int limit) {
        var found = read(account, () -> rows.entriesBefore(account, after.id(), limit + 1));
        var page = Page.of(found, limit, last -> new EntryCursor(last.id()).encode());
        return new Page<>(
                page.items().stream().map(each -> EntryView.of(each.entry())).toList(), page.nextCursor());
    }

    private <T> T read(PointsAccount.Key account, Supplier<T> work) {
        return TenantRows.of(account.tenant())
                .call(() -> Objects.requireNonNull(reading.execute(status -> work.get())));
    }
}
