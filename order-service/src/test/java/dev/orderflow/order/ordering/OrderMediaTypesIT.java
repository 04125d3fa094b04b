package dev.orderflow.order.ordering;

import static dev.orderflow.order.OrderClient.line;
import static dev.orderflow.order.OrderClient.order;

import dev.orderflow.edge.test.MediaTypeMatrix;
import dev.orderflow.edge.test.MediaTypeMatrix.Sample;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderServiceTest;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A request that cannot be answered is not carried out. */
@OrderServiceTest
class OrderMediaTypesIT {

    private static final String STATE = """
        SELECT concat_ws(' ',
               (SELECT count(*) FROM orders), (SELECT sum(version) FROM orders),
               (SELECT count(*) FROM order_line), (SELECT count(*) FROM order_status_change),
               (SELECT count(*) FROM outbox), (SELECT count(*) FROM idempotency_key), (SELECT count(*) FROM customer),
               (SELECT md5(string_agg(p::text, '' ORDER BY id)) FROM promotion p),
               (SELECT md5(string_agg(p::text, '' ORDER BY sku)) FROM product p))
        """;

    private static final String PROMOTION = "/api/promotions/" + UUID.randomUUID();

    @Autowired
    ApplicationContext context;

    @Autowired
    OrderClient client;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    @Test
    void allEndpointsSpeakJson() {
        new MediaTypeMatrix(context, "dev.orderflow.order").assertAllSayThatTheySpeakJson();
    }

    @Test
    void nothingChangesUnlessTheStatusIsASuccess() {
        var placed = client.placeOne("matrix");

        new MediaTypeMatrix(context, "dev.orderflow.order")
                .assertNothingChangesUnlessCarriedOut(
                        Map.of(
                                "POST /api/orders",
                                () -> new Sample(uri("/api/orders"), order("matrix", line("LAMP", 1))),
                                "POST /api/orders/{id}/cancel",
                                () -> new Sample(uri("/api/orders/" + client.placeOne("matrix") + "/cancel"), "{}"),
                                "PUT /api/products/{sku}",
                                () -> new Sample(uri("/api/products/LAMP"), product()),
                                "POST /api/quotes",
                                () -> new Sample(uri("/api/quotes"), order("matrix", line("LAMP", 1))),
                                "PUT /api/promotions/{id}",
                                () -> new Sample(uri(PROMOTION), promotion()),
                                "DELETE /api/promotions/{id}",
                                () -> new Sample(uri(existingPromotion()), ""),
                                "DELETE /api/customers/{id}",
                                () -> new Sample(uri("/api/customers/" + customerOfFinalOrders()), "")),
                        () -> jdbc.sql(STATE).query(String.class).single());
        client.cancel(placed);
        client.delete(PROMOTION);
    }

    private String existingPromotion() {
        client.put(PROMOTION, promotion());
        return PROMOTION;
    }

    /** Different each time, and for nobody. */
    private static String promotion() {
        return String.format(Locale.ROOT, """
            {"name": "Matrix %1$s", "kind": "FREE_SHIPPING", "coupon": "%1$s"}
            """, UUID.randomUUID());
    }

    private String customerOfFinalOrders() {
        var customer = UUID.randomUUID().toString();
        client.cancel(client.placeOne(customer));
        return customer;
    }

    /** Different each time. */
    private static String product() {
        return String.format(Locale.ROOT, """
            {"name": "Lamp %s", "unitPrice": {"amount": "2.55", "currency": "GBP"}}
            """, UUID.randomUUID());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
