package dev.orderflow.order.ownership;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Copies of an order in the database, each with an idempotency key of its customer. */
record CopiedOrders(JdbcClient jdbc) {

    private static final String ORDERS = """
            INSERT INTO orders (id, tenant, customer_id, customer_reference, status, currency, total, payment_method,
                                placed_at, version)
            SELECT gen_random_uuid(), tenant, customer_id, customer_reference, status, currency, total, payment_method,
                   placed_at, version
              FROM orders, generate_series(1, :times)
             WHERE id = :order::uuid
            """;

    private static final String KEYS = """
            INSERT INTO idempotency_key (tenant, subject, key, request_hash, order_id)
            SELECT o.tenant, o.customer_id, o.id::text, '\\x00', o.id
              FROM orders o JOIN orders copied USING (tenant, customer_id)
             WHERE copied.id = :order::uuid
            """;

    void copy(UUID order, int times) {
        jdbc.sql(ORDERS).param("order", order.toString()).param("times", times).update();
        jdbc.sql(KEYS).param("order", order.toString()).update();
    }
}
