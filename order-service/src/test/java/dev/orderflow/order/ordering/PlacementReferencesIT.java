package dev.orderflow.order.ordering;

import static dev.orderflow.order.OrderClient.line;
import static dev.orderflow.order.OrderClient.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderServiceTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** References of customers whose orders arrive at the same time. */
@OrderServiceTest
class PlacementReferencesIT {

    private static final int ORDERS = 30;

    @Autowired
    OrderClient client;

    @Autowired
    JdbcClient jdbc;

    private final String customer = "group-" + UUID.randomUUID();

    @Test
    void theOrdersOfACustomerHaveOneReferenceWhicheverTransactionPlacesThem() throws Exception {
        client.putProduct("LAMP", "2.55");

        placeAtOnce();

        assertThat(jdbc.sql("""
                        SELECT count(DISTINCT o.customer_reference) = 1 AND bool_and(o.customer_reference = c.reference)
                          FROM orders o JOIN customer c ON c.tenant = o.tenant AND c.id = o.customer_id
                         WHERE o.customer_id = :customer
                        """)
                        .param("customer", customer)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(payloads())
                .hasSizeGreaterThanOrEqualTo(ORDERS)
                .allSatisfy(payload ->
                        assertThat(payload).contains("\"customerId\":\"~").doesNotContain(customer));
    }

    private void placeAtOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.rangeClosed(1, ORDERS)
                    .mapToObj(number ->
                            threads.submit(() -> client.place(order(customer, line("LAMP", number)), null, Map.of())))
                    .toList();
            for (var answer : answers) {
                assertThat(answer.get().status()).isEqualTo(201);
            }
        }
    }

    private List<String> payloads() {
        return jdbc.sql("SELECT payload FROM outbox WHERE payload IS NOT NULL"
                        + " AND key IN (SELECT id::text FROM orders WHERE customer_id = :customer)")
                .param("customer", customer)
                .query((row, number) -> new String(row.getBytes(1), UTF_8))
                .list();
    }
}
