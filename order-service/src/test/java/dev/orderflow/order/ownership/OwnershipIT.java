package dev.orderflow.order.ownership;

import static dev.orderflow.order.OrderClient.line;
import static dev.orderflow.order.OrderClient.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.test.TestToken;
import dev.orderflow.order.OrderClient.Answer;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnershipIT extends SecuredOrders {

    private final String key = UUID.randomUUID().toString();

    @Test
    void whoHasNoTokenLearnsNothing() {
        var id = place(CUSTOMER).orderId();

        assertThat(client.get(id).status()).isEqualTo(401);
        assertThat(client.cancel(id).status()).isEqualTo(401);
        assertThat(client.get("/api/orders").status()).isEqualTo(401);
    }

    @Test
    void anotherOwnersOrderDoesNotExist() {
        var id = place(CUSTOMER).orderId();

        for (var other : List.of(CUSTOMER_2, STRANGER, SHOP_OF_OTHERS)) {
            assertNotFound(as(other).get(id));
            assertNotFound(as(other).get("/api/orders/" + id + "?await=PAID&timeout=60s"));
            assertNotFound(as(other).cancel(id));
        }
        assertThat(as(CUSTOMER).get(id).<String>get("$.status")).isEqualTo("PLACED");
    }

    @Test
    void itsOwnerAndTheShopSeeAnOrderAndCancelIt() {
        var id = place(CUSTOMER).orderId();

        assertThat(as(CUSTOMER).get(id).status()).isEqualTo(200);
        assertThat(as(SHOP).get(id).status()).isEqualTo(200);
        assertThat(as(CUSTOMER).get("/api/orders/" + id + "?await=PLACED").status())
                .isEqualTo(200);
        assertThat(as(SHOP).cancel(id).status()).isEqualTo(202);
        assertThat(as(CUSTOMER).cancel(id).<String>get("$.status")).isEqualTo("CANCELLED");
    }

    @Test
    void aListHasTheOwnersOrdersOnly() {
        var mine = place(CUSTOMER).orderId().toString();
        var others = place(CUSTOMER_2).orderId().toString();
        var strangers = place(STRANGER).orderId().toString();

        assertThat(listed(CUSTOMER, "")).contains(mine).doesNotContain(others, strangers);
        assertThat(listed(CUSTOMER, "&customerId=customer-1")).contains(mine).doesNotContain(others, strangers);
        assertThat(listed(CUSTOMER, "&status=PLACED")).contains(mine).doesNotContain(others, strangers);
        assertThat(listed(SHOP, "")).contains(mine, others).doesNotContain(strangers);
        assertThat(listed(SHOP, "&customerId=customer-2")).contains(others).doesNotContain(mine, strangers);
        assertThat(listed(STRANGER, "")).contains(strangers).doesNotContain(mine, others);
        assertForbidden(as(CUSTOMER).get("/api/orders?customerId=customer-2"));
    }

    @Test
    void theCustomerOfAnOrderIsThatOfTheToken() {
        assertThat(place(CUSTOMER).<String>get("$.customerId")).isEqualTo("customer-1");
        assertThat(as(CUSTOMER)
                        .place(order("customer-1", line("LAMP", 1)), null)
                        .<String>get("$.customerId"))
                .isEqualTo("customer-1");
        assertForbidden(as(CUSTOMER).place(order("customer-2", line("LAMP", 1)), null));
    }

    @Test
    void theShopNamesTheCustomer() {
        assertThat(as(SHOP).place(order("anybody", line("LAMP", 1)), null).<String>get("$.customerId"))
                .isEqualTo("anybody");

        var without = as(SHOP).place(WITHOUT_CUSTOMER, null);
        assertThat(without.status()).isEqualTo(400);
        assertThat(without.<String>get("$.errors[0].field")).isEqualTo("customerId");
    }

    @Test
    void anIdempotencyKeyIsItsCallersOwn() {
        var first = as(CUSTOMER).place(WITHOUT_CUSTOMER, key);

        assertThat(as(CUSTOMER).place(WITHOUT_CUSTOMER, key).body()).isEqualTo(first.body());
        for (var other : List.of(CUSTOMER_2, STRANGER)) {
            var placed = as(other).place(WITHOUT_CUSTOMER, key);
            assertThat(placed.status()).isEqualTo(201);
            assertThat(placed.orderId()).isNotEqualTo(first.orderId());
        }
        var shops = as(SHOP).place(order("customer-1", line("LAMP", 1)), key);
        assertThat(shops.status()).isEqualTo(201);
        assertThat(shops.orderId()).isNotEqualTo(first.orderId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "other"})
    void eventsHaveTheTenantOfTheToken(String tenant) {
        var token = CUSTOMER.tenant(tenant);
        var id = place(token).orderId();
        as(token).cancel(id);

        assertThat(tenantsOfEvents(id.toString())).containsExactly(tenant);
        assertThat(jdbc.sql("SELECT tenant FROM orders WHERE id = :id")
                        .param("id", id)
                        .query(String.class)
                        .single())
                .isEqualTo(tenant);
    }

    private static final String WITHOUT_CUSTOMER =
            String.format(Locale.ROOT, "{\"lines\": [%s], \"paymentMethod\": \"CARD\"}", line("LAMP", 1));

    private Answer place(TestToken token) {
        var answer = as(token).place(WITHOUT_CUSTOMER, null);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    private List<String> listed(TestToken token, String query) {
        return as(token).get("/api/orders?limit=100" + query).get("$.items[*].orderId");
    }

    private static void assertNotFound(Answer answer) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.<String>get("$.code")).isEqualTo("order_not_found");
    }

    private static void assertForbidden(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.<String>get("$.code")).isEqualTo("forbidden_customer");
    }
}
