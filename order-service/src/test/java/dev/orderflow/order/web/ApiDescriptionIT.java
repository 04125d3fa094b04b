package dev.orderflow.order.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.orderflow.edge.test.CommittedApi;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderServiceTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

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
    void theDescriptionIsTheCommittedOne(@LocalServerPort int port) {
        CommittedApi.assertUnchanged("order-service", getClass(), "http://127.0.0.1:" + port);
    }

    @Test
    void everyOperationNamesTheHeadersOfTheContext() {
        var api = client.get("/v3/api-docs");
        Map<String, Map<String, Map<String, Object>>> paths = api.get("$.paths");

        assertThat(paths.values().stream().flatMap(path -> path.values().stream()))
                .allSatisfy(operation -> assertThat(JsonPath.<List<String>>read(operation, "$.parameters[*]['$ref']"))
                        .contains(
                                "#/components/parameters/X-Request-Id",
                                "#/components/parameters/X-EO-Event-ID",
                                "#/components/parameters/X-EO-Causation-ID",
                                "#/components/parameters/X-EO-Business-Intent",
                                "#/components/parameters/X-Request-Timeout-Ms",
                                "#/components/parameters/traceparent",
                                "#/components/parameters/tracestate"))
                .allSatisfy(operation -> assertThat(
                                JsonPath.<List<Map<String, Object>>>read(operation, "$.responses[*].headers"))
                        .hasSameSizeAs(JsonPath.<List<Object>>read(operation, "$.responses[*]"))
                        .allSatisfy(headers -> assertThat(headers).containsKeys("X-Request-Id", "traceparent")));
        assertThat(api.<String>get("$.components.parameters['X-Request-Timeout-Ms'].in"))
                .isEqualTo("header");
        assertThat("86400000")
                .matches(api.<String>get("$.components.parameters['X-Request-Timeout-Ms'].schema.pattern"));
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
                .contains("lines", "paymentMethod")
                .doesNotContain("coupons", "customerId");
    }
}
