package dev.orderflow.order.ordering;

import static dev.orderflow.order.OrderClient.line;
import static dev.orderflow.order.OrderClient.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderServiceTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@OrderServiceTest
class OrderListIT {

    private static final String MANY_ORDERS = """
            INSERT INTO orders (id, tenant, customer_id, status, currency, total, payment_method, placed_at, version)
            SELECT gen_random_uuid(), 'demo', 'customer ' || number, (ARRAY ['PLACED', 'PAID'])[1 + number % 2], 'GBP', 1, 'CARD', now() - number * interval '1 s', 1
            FROM generate_series(1, 1000) AS number
            """;

    @Autowired
    OrderClient client;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private final String customer = UUID.randomUUID().toString();

    @Test
    void pagesShowEachOrderOnceNewestFirst() {
        var placed = placed(7);

        assertThat(allPages("customerId=" + customer + "&limit=3")).isEqualTo(placed.reversed());
    }

    @Test
    void ordersPlacedAtTheSameInstantAreNotLostBetweenPages() {
        var placed = placed(5);
        jdbc.sql("UPDATE orders SET placed_at = '2026-01-01T00:00:00Z' WHERE customer_id = :customer")
                .param("customer", customer)
                .update();

        assertThat(allPages("customerId=" + customer + "&limit=2")).containsExactlyInAnyOrderElementsOf(placed);
    }

    @Test
    void aNewOrderDoesNotShiftThePages() {
        var placed = placed(4);
        var first = client.get("/api/orders?limit=2&customerId=" + customer);

        placed(1);

        var second = client.get("/api/orders?limit=2&customerId=" + customer + "&cursor=" + first.get("$.nextCursor"));
        assertThat(second.<List<String>>get("$.items[*].orderId"))
                .containsExactly(placed.get(1).toString(), placed.get(0).toString());
        assertThat(second.<Object>get("$.nextCursor")).isNull();
    }

    @Test
    void customerAndStatusFilterTogetherAndAlone() {
        var placed = placed(3);
        client.cancel(placed.get(1));

        assertThat(allPages("status=CANCELLED&customerId=" + customer)).containsExactly(placed.get(1));
        assertThat(allPages("status=PLACED&customerId=" + customer)).containsExactly(placed.get(2), placed.get(0));
        assertThat(allPages("status=CANCELLED&limit=100"))
                .contains(placed.get(1))
                .doesNotContain(placed.get(0));
        assertThat(allPages("limit=100")).containsAll(placed);
    }

    @Test
    void aListedOrderReadsLikeASingleOne() {
        var id = placed(1).getFirst();

        var listed = client.get("/api/orders?customerId=" + customer);

        assertThat(listed.body()).contains(client.get(id).body());
    }

    @Test
    void aPageOfHugeOrdersIsShorterThanAskedFor() {
        client.putProduct("LAMP", "2.55");
        var lines = Collections.nCopies(900, line("LAMP", 1)).toArray(String[]::new);
        IntStream.range(0, 3).forEach(i -> client.place(order(customer, lines), null));

        var first = client.get("/api/orders?customerId=" + customer);

        assertThat(first.<Integer>get("$.items.length()")).isEqualTo(2);
        assertThat(allPages("customerId=" + customer)).hasSize(3);
    }

    /**
     * Checks the indexes that the queries' comments claim, among a thousand orders: of a few, each index would be as good. Sorting
     * and scanning are made expensive.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            orders_newest_of_tenant        |
            orders_newest_of_owner         | AND customer_id = 'ann'
            orders_newest_of_tenant_status | AND status = 'PAID'
            """)
    void eachListIsServedByItsIndex(String index, @Nullable String condition) {
        var plan = transaction.execute(status -> {
            jdbc.sql(MANY_ORDERS).update();
            status.setRollbackOnly();
            jdbc.sql("SET LOCAL enable_seqscan = off").update();
            jdbc.sql("SET LOCAL enable_sort = off").update();
            jdbc.sql("SET LOCAL enable_incremental_sort = off").update();
            jdbc.sql("SET LOCAL enable_bitmapscan = off").update();
            return String.join(
                    "\n",
                    jdbc.sql(String.format(Locale.ROOT, """
                            EXPLAIN SELECT id FROM orders
                             WHERE tenant = 'demo'
                               AND (placed_at, id) < (now(), '00000000-0000-0000-0000-000000000000') %s
                             ORDER BY placed_at DESC, id DESC LIMIT 10
                            """, condition == null ? "" : condition))
                            .query(String.class)
                            .list());
        });

        assertThat(plan).contains("Index Only Scan using " + index + " ").doesNotContain("Sort");
    }

    private List<UUID> placed(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> client.placeOne(customer))
                .toList();
    }

    private List<UUID> allPages(String query) {
        var ids = new ArrayList<UUID>();
        @Nullable String cursor = null;
        do {
            var page = client.get("/api/orders?" + query + (cursor == null ? "" : "&cursor=" + cursor));
            page.<List<String>>get("$.items[*].orderId").forEach(id -> ids.add(UUID.fromString(id)));
            cursor = page.get("$.nextCursor");
        } while (cursor != null);
        return ids;
    }
}
