package dev.orderflow.order.ownership;

import static dev.orderflow.order.OrderClient.line;
import static dev.orderflow.order.OrderClient.order;

import dev.orderflow.edge.test.OperationFuzz;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

@Timeout(600)
@TestPropertySource(properties = "orders.customers.mailbox-domain=example.com")
class OrderFuzzIT extends SecuredOrders {

    private static final String STATE = """
        SELECT concat_ws(' ',
               (SELECT count(*) FROM orders), (SELECT count(*) FROM order_status_change),
               (SELECT count(*) FROM idempotency_key), (SELECT count(*) FROM customer),
               (SELECT md5(string_agg(p::text, '' ORDER BY id)) FROM promotion p),
               (SELECT md5(string_agg(p::text, '' ORDER BY sku)) FROM product p))
        """;

    @LocalServerPort
    int port;

    @Test
    void everyOperationAnswersWhateverItGets() {
        client.as(ISSUER.token().scopes("catalog:write").bearer()).putProduct("FUZZ", "2.55");
        var placed = as(CUSTOMER)
                .place(order("customer-1", line("FUZZ", 1)), UUID.randomUUID().toString())
                .orderId();
        var erased = as(SHOP);
        erased.cancel(erased.place(
                        order("customer-2", line("FUZZ", 1)), UUID.randomUUID().toString())
                .orderId());
        var reference = jdbc.sql("SELECT reference FROM customer WHERE id = 'customer-1'")
                .query(String.class)
                .single();
        var caller = ISSUER.token()
                .subject("shop")
                .scopes("orders:read orders:write orders:tenant catalog:write promotions:write customers:erase"
                        + " addresses:read");
        var removed = "/api/promotions/" + placed;
        var kept = "/api/promotions/" + UUID.randomUUID();
        for (var path : List.of(removed, kept)) {
            as(caller).put(path, "{\"name\": \"fuzz\", \"kind\": \"FREE_SHIPPING\", \"coupon\": \"FUZZ\"}");
        }

        new OperationFuzz(
                        port,
                        caller::bearer,
                        () -> jdbc.sql(STATE).query(String.class).single())
                .assertRobust(
                        "order-service",
                        Map.ofEntries(
                                Map.entry("id", placed.toString()),
                                Map.entry("sku", "FUZZ"),
                                Map.entry("timeout", "1ms"),
                                Map.entry("coupons", "[]"),
                                Map.entry("type", "dev.orderflow.order.placed.v1"),
                                Map.entry("reference", reference),
                                Map.entry("GET /api/customers/{id} id", "customer-1"),
                                Map.entry("GET /api/customers/{id}/reference id", "customer-1"),
                                Map.entry("DELETE /api/customers/{id} id", "customer-2"),
                                Map.entry("GET /api/promotions/{id} id", id(kept)),
                                Map.entry("PUT /api/promotions/{id} id", id(kept))));
        as(caller).delete(kept);
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
