package dev.orderflow.order.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.test.CommittedApi;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderServiceTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OrderServiceTest
class ApiDescriptionIT {

    @Autowired
    OrderClient client;

    @Test
    void theDescriptionListsTheApi() {
        Map<String, Map<String, Object>> paths = client.get("/v3/api-docs").get("$.paths");

        assertThat(paths)
                .containsKeys(
                        "/api/orders",
                        "/api/orders/{id}",
                        "/api/orders/{id}/cancel",
                        "/api/products",
                        "/api/products/{sku}",
                        "/schemas/{type}");
        assertThat(paths.get("/api/orders")).containsOnlyKeys("get", "post");
    }

    @Test
    void theDescriptionIsTheCommittedOne() {
        CommittedApi.assertUnchanged(
                "order-service", getClass(), client.get("/v3/api-docs").body());
    }

    @Test
    void schemasOfEventsAreServed() {
        var schema = client.get("/schemas/dev.orderflow.order.placed.v1");

        assertThat(schema.<String>get("$['$id']")).isEqualTo("urn:orderflow:schema:dev.orderflow.order.placed.v1");
    }

    @Test
    void amountsOfMoneyAreDescribedAsStrings() {
        var api = client.get("/v3/api-docs");

        assertThat(api.<String>get("$.components.schemas.Money.properties.amount.type"))
                .isEqualTo("string");
        assertThat(api.<String>get("$.components.schemas.Order.properties.total['$ref']"))
                .endsWith("/Money");
        assertThat(api.<String>get("$.components.schemas.Product.properties.unitPrice['$ref']"))
                .endsWith("/Money");
    }

    @Test
    void failuresAreDescribedAsProblemDetails() {
        var api = client.get("/v3/api-docs");
        var conflict = "$.paths['/api/orders'].post.responses['409'].content";

        assertThat(api.<Map<String, Object>>get(conflict)).containsOnlyKeys("application/problem+json");
        assertThat(api.<List<String>>get("$.components.schemas.Problem.required"))
                .contains("code");
        assertThat(api.<List<String>>get("$.components.schemas.PlaceOrderRequest.required"))
                .contains("customerId", "lines", "paymentMethod")
                .doesNotContain("coupons");
    }
}
