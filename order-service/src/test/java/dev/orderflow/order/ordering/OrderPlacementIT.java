package dev.orderflow.order.ordering;

import static dev.orderflow.order.OrderClient.line;
import static dev.orderflow.order.OrderClient.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderServiceTest;
import jakarta.persistence.EntityManagerFactory;
import java.util.UUID;
import java.util.stream.IntStream;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@OrderServiceTest
class OrderPlacementIT {

    @Autowired
    OrderClient client;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    EntityManagerFactory entityManagers;

    @Test
    void anOrderReadsAsItWasAnsweredWhenPlaced() {
        client.putProduct("P1", "2.55");
        client.putProduct("P2", "10");

        var placed = client.place(order("reader", line("P1", 2), line("P2", 1), line("P1", 1)), null);

        assertThat(placed.status()).isEqualTo(201);
        assertThat(placed.<String>get("$.total.amount")).isEqualTo("17.65");
        assertThat(placed.<Integer>get("$.lines.length()")).isEqualTo(3);
        assertThat(placed.response().headers().firstValue("Location")).contains("/api/orders/" + placed.orderId());
        assertThat(client.get(placed.orderId()).body()).isEqualTo(placed.body());
    }

    @Test
    void aCustomersIdIsAsLongAsItsColumnInCodePoints() {
        client.putProduct("P1", "2.55");
        var longest = "\ud83d\ude00".repeat(100);

        var placed = client.place(order(longest, line("P1", 1)), null);

        assertThat(client.get(placed.orderId()).<String>get("$.customerId")).isEqualTo(longest);
        assertThat(client.place(order(longest + "a", line("P1", 1)), null).status())
                .isEqualTo(400);
    }

    @Test
    void anOrderKeepsThePriceAtWhichItWasPlaced() {
        client.putProduct("CHANGING", "1.00");
        var placed = client.place(order("reader", line("CHANGING", 1)), null);

        client.putProduct("CHANGING", "9.00");

        assertThat(client.get(placed.orderId()).<String>get("$.total.amount")).isEqualTo("1.00");
    }

    @Test
    void anOrderInACurrencyWithoutDecimalsHasNone() {
        client.putProduct("TEA", "Tea", "120", "JPY");

        var placed = client.place(order("reader", line("TEA", 3)), null);

        assertThat(client.get(placed.orderId()).<String>get("$.total.amount")).isEqualTo("360");
    }

    @Test
    void aRefusedOrderLeavesNothing() {
        client.putProduct("P1", "2.55");

        var refused = client.place(order("refused", line("P1", 1), line("NO-SUCH", 1)), null);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.<String>get("$.code")).isEqualTo("unknown_sku");
        assertThat(refused.<String>get("$.errors[0].field")).isEqualTo("lines[1].sku");
        assertThat(client.get("/api/orders?customerId=refused").<Integer>get("$.items.length()"))
                .isZero();
    }

    /** Names of 200 characters that take three bytes each: the event must stay below what a broker takes. */
    @Test
    void theLargestOrderIsPlacedWithFewStatements() {
        var name = "灯".repeat(200);
        var sku = "L".repeat(50);
        client.putProduct(sku, name, "9999.99", "GBP");
        var lines = IntStream.range(0, 1000).mapToObj(i -> line(sku, 1000)).toArray(String[]::new);
        var statistics = entityManagers.unwrap(SessionFactory.class).getStatistics();
        statistics.clear();

        var placed = client.place(order("large", lines), null);

        assertThat(placed.status()).isEqualTo(201);
        assertThat(placed.<String>get("$.total.amount")).isEqualTo("9999990000.00");
        assertThat(statistics.getPrepareStatementCount()).isLessThanOrEqualTo(5);
        assertThat(linesOf(placed.orderId())).isEqualTo(1000);
        assertThat(client.get(placed.orderId()).body()).isEqualTo(placed.body());
    }

    private int linesOf(UUID orderId) {
        return jdbc.sql("SELECT count(*) FROM order_line WHERE order_id = :id")
                .param("id", orderId)
                .query(Integer.class)
                .single();
    }
}
