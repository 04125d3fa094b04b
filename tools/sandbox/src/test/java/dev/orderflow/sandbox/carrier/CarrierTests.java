package dev.orderflow.sandbox.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The carrier over HTTP, as shipping-service and a demo use it. One sandbox serves all tests. */
class CarrierTests {

    private static Sandbox sandbox;

    private final String order = UUID.randomUUID().toString();

    @BeforeAll
    static void start(@TempDir Path data) {
        sandbox = Sandbox.start(data);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @AfterEach
    void restoreNormalBehaviour() {
        behave("{}").expectStatus().isOk();
    }

    @Test
    void anOrderIsShippedOnceHoweverOftenThatIsRequested() {
        var first = ship(order).expectStatus().isOk().returnResult(String.class).getResponseBody();

        assertThat(first).contains("\"state\":\"ACCEPTED\"", "\"trackingId\":\"trk_", order);
        assertThat(ship(order).returnResult(String.class).getResponseBody()).isEqualTo(first);
        var items = "$.items[?(@.orderId == '" + order + "')]";
        sandbox.http()
                .get()
                .uri("/sandbox/shipments?limit=10000")
                .exchange()
                .expectBody()
                .jsonPath(items + ".calls")
                .isEqualTo(2)
                .jsonPath(items + ".state")
                .isEqualTo("DISPATCHED");
    }

    @Test
    void aParcelThatLeavesAtOnceIsDeliveredAndCannotBeStopped() {
        behave("{\"handlingMillis\":0,\"transitMillis\":0}")
                .expectBody()
                .jsonPath("$.handlingMillis")
                .isEqualTo(0);
        ship(order).expectBody().jsonPath("$.state").isEqualTo("ACCEPTED");
        release(order).expectBody().jsonPath("$.state").isEqualTo("DELIVERED");

        stop(order).expectStatus().isOk().expectBody().jsonPath("$.state").isEqualTo("DELIVERED");
    }

    @Test
    void aShipmentIsStoppedOnceAndAnUnknownOneIsNot() {
        behave("{\"handlingMillis\":60000}");
        ship(order);
        stop(UUID.randomUUID().toString())
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNKNOWN_ORDER");
        stop(order).expectBody().jsonPath("$.state").isEqualTo("STOPPED");

        stop(order).expectBody().jsonPath("$.state").isEqualTo("STOPPED");
        ship(order).expectBody().jsonPath("$.state").isEqualTo("STOPPED");
        release(order).expectStatus().isOk().expectBody().jsonPath("$.state").isEqualTo("STOPPED");
        release(UUID.randomUUID().toString()).expectStatus().isNotFound();
        post("/carrier/tracking", "{\"orderIds\":[\"unknown\",\"" + order + "\"]}")
                .expectBody()
                .jsonPath("$.shipments[*].state")
                .isEqualTo(List.of("STOPPED"));
    }

    @Test
    void callsFailAsWantedWithoutEffect() {
        behave("{\"failNext\":1}");

        ship(order)
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNAVAILABLE_ON_DEMAND");
        stop(order).expectStatus().isNotFound();
        behave("{\"failureRate\":1}");
        ship(order).expectStatus().isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"handlingMillis\":-1}",
                "{\"transitMillis\":86400001}",
                "{\"latencyMillis\":60001}",
                "{\"failureRate\":1.1}",
                "{\"lossRate\":-0.1}",
                "{\"failNext\":-1}",
                "{\"losses\":1}",
                "[]",
                ""
            })
    void impossibleBehaviourIsRefused(String body) {
        behave(body)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("bad_request");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/carrier/shipments | {}",
                "/carrier/shipments | {\"orderId\":\" \"}",
                "/carrier/tracking | {}",
                "/carrier/tracking | {\"orderIds\":[]}",
                "/carrier/tracking | {\"orderIds\":[null]}"
            })
    void anImpossibleRequestIsRefused(String path, String body) {
        post(path, body)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains("orderId"));
    }

    @Test
    void aRequestForTooManyStatesIsRefused() {
        var ids = IntStream.rangeClosed(0, TrackingRequest.MOST)
                .mapToObj(number -> "\"" + number + "\"")
                .collect(Collectors.joining(","));

        post("/carrier/tracking", "{\"orderIds\":[" + ids + "]}").expectStatus().isBadRequest();
    }

    private static RestTestClient.ResponseSpec ship(String order) {
        return post("/carrier/shipments", "{\"orderId\":\"" + order + "\"}");
    }

    private static RestTestClient.ResponseSpec release(String order) {
        return sandbox.http()
                .post()
                .uri("/carrier/shipments/" + order + "/release")
                .exchange();
    }

    private static RestTestClient.ResponseSpec stop(String order) {
        return sandbox.http()
                .post()
                .uri("/carrier/shipments/" + order + "/stop")
                .exchange();
    }

    private static RestTestClient.ResponseSpec post(String path, String body) {
        return sandbox.http()
                .post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    private static RestTestClient.ResponseSpec behave(String body) {
        return sandbox.http()
                .put()
                .uri("/sandbox/shipments/behaviour")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }
}
