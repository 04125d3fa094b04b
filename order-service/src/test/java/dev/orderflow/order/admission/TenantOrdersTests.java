package dev.orderflow.order.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantOrdersTests {

    private final TenantOrders orders = new TenantOrders();

    @Test
    void ordersSinceTheLastCountAreAddedToIt() {
        orders.observe(Map.of("demo", 5, "other", 7));

        assertThat(orders.add("demo")).isEqualTo(6);
        assertThat(orders.add("demo")).isEqualTo(7);
        assertThat(orders.add("other")).isEqualTo(8);
        assertThat(orders.add("new")).isEqualTo(1);
    }

    @Test
    void aCountReplacesThem() {
        orders.observe(Map.of("demo", 5));
        orders.add("demo");

        orders.observe(Map.of("demo", 2));

        assertThat(orders.add("demo")).isEqualTo(3);
    }
}
