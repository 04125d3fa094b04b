package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.process.Part;
import dev.orderflow.demo.token.Role;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The switch of the tenant {@code other}, on order-service's management port. */
@SystemTest
class TenantSwitchIT {

    private static final int REFUSED = 403;

    private final RunningSuite suite;
    private final Shop shop;
    private final JsonCalls operator;
    private final JsonCalls stranger;

    TenantSwitchIT(RunningSuite suite, Shop shop) {
        this.suite = suite;
        this.shop = shop;
        this.operator = suite.operator();
        this.stranger = suite.as(Role.STRANGER);
    }

    @AfterEach
    void switchOn() {
        switchTo(true);
        operator.close();
        stranger.close();
    }

    @Test
    void aTenantIsSwitchedOffAlsoAfterACrashAndItsOrdersAreCompleted() {
        var sku = shop.newProduct(5);
        var placed = place(sku);
        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);

        switchTo(false);
        assertRefused(place(sku));
        suite.kill(Part.ORDER);
        suite.start(Part.ORDER);

        assertRefused(place(sku));
        var order = stranger.read(placed, JsonNode.class).path("orderId").asString();
        assertThat(stranger.get(orders("/" + order + "?await=PAID&timeout=30s")).body())
                .contains("\"PAID\"");
        assertThat(shop.awaitFinal(shop.place(sku, 1).orderId()).status().name())
                .isEqualTo("PAID");

        switchTo(true);
        assertThat(place(sku).statusCode()).isEqualTo(201);
        assertThat(operator.get(admin("audit?action=TENANT_SWITCHED&limit=1")).body())
                .contains("\"who\":\"operator\"", "\"tenant\":\"demo\"", "{\"tenant\": \"other\"}");
    }

    private void switchTo(boolean enabled) {
        var answer = operator.post(
                admin("tenants/switch"), Map.of("tenant", "other", "enabled", enabled, "reason", "test"), null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private HttpResponse<String> place(String sku) {
        var lines = List.of(Map.of("sku", sku, "quantity", 1));
        return stranger.post(orders(""), Map.of("lines", lines, "paymentMethod", "CARD"), null);
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(REFUSED);
        assertThat(answer.body()).contains("\"tenant_switched_off\"");
    }

    private URI orders(String path) {
        return URI.create(suite.topology().uri(Part.ORDER) + "/api/orders" + path);
    }

    private URI admin(String path) {
        return URI.create(suite.topology().managementUri(Part.ORDER) + "/admin/" + path);
    }
}
