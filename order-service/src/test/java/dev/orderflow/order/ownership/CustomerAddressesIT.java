package dev.orderflow.order.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.TenantRows;
import dev.orderflow.order.customer.CustomerReferences;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Addresses that two groups of orders change at the same time. */
class CustomerAddressesIT extends SecuredOrders {

    private static final String BLOCKED = """
            SELECT count(*) > 0 FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock' AND position('customer' IN query) > 0
            """;

    @Autowired
    CustomerReferences customers;

    @Autowired
    TransactionTemplate transaction;

    private final String one = "a-" + UUID.randomUUID();
    private final String other = "b-" + UUID.randomUUID();

    /** One changes the first customer's address before the second's; the other, in between, the second's before the first's. */
    @Test
    void twoGroupsThatChangeTheSameAddressesDoNotDeadlock() throws Exception {
        change("before", one, other);
        var changed = new CountDownLatch(1);
        var changedByOther = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> inTransaction(() -> {
                var group = customers.lock("demo", addresses("first"));
                group.use(one);
                changed.countDown();
                await().until(() -> changedByOther.getCount() == 0 || isBlocked());
                group.use(other);
            }));
            changed.await();
            var second = threads.submit(() -> inTransaction(() -> {
                var group = customers.lock("demo", addresses("second"));
                group.use(other);
                changedByOther.countDown();
                group.use(one);
            }));

            first.get();
            second.get();
        }
        assertThat(jdbc.sql("SELECT address FROM customer WHERE id IN (:one, :other)")
                        .param("one", one)
                        .param("other", other)
                        .query(String.class)
                        .list())
                .containsExactly("second@example.com", "second@example.com");
    }

    @Test
    void anAddressThatIsNotNewIsNotWritten() {
        change("same", one, other);
        var written = versions();

        change("same", other, one);

        assertThat(versions()).isEqualTo(written);
    }

    private void change(String name, String... ids) {
        inTransaction(() -> {
            var group = customers.lock("demo", addresses(name));
            for (var id : ids) {
                group.use(id);
            }
        });
    }

    private Map<String, String> addresses(String name) {
        return Map.of(one, name + "@example.com", other, name + "@example.com");
    }

    /** Returns which transactions have written the rows. */
    private String versions() {
        return jdbc.sql("SELECT string_agg(xmin::text, ' ' ORDER BY id) FROM customer WHERE id IN (:one, :other)")
                .param("one", one)
                .param("other", other)
                .query(String.class)
                .single();
    }

    private boolean isBlocked() {
        return jdbc.sql(BLOCKED).query(Boolean.class).single();
    }

    private void inTransaction(Runnable work) {
        TenantRows.of("demo").call(() -> {
            transaction.executeWithoutResult(status -> work.run());
            return true;
        });
    }
}
