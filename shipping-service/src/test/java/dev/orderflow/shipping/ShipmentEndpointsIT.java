package dev.orderflow.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.test.CommittedApi;
import dev.orderflow.edge.test.MediaTypeMatrix;
import dev.orderflow.edge.test.OperationFuzz;
import dev.orderflow.edge.test.PublishedAnswers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Tests the HTTP endpoints of the service. */
class ShipmentEndpointsIT extends ShippingFixture {

    @Test
    void schemasOfEventsAreServed() {
        http().get()
                .uri("/schemas/dev.orderflow.shipment.dispatched.v1")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.title")
                .isEqualTo("ShipmentDispatched");
    }

    @Test
    void theApiIsTheCommittedOne() {
        CommittedApi.assertUnchanged("shipping-service", getClass(), "http://127.0.0.1:" + port);
    }

    @Test
    void problemsAreAnsweredAsPublished() {
        PublishedAnswers.assertUnchanged(getClass(), "published-problems.txt", "http://127.0.0.1:" + port);
    }

    @Test
    void allEndpointsSpeakJson(@Autowired ApplicationContext context) {
        var matrix = new MediaTypeMatrix(context, "dev.orderflow.shipping");

        matrix.assertAllSayThatTheySpeakJson();
        matrix.assertNothingChangesUnlessCarriedOut(Map.of(), () -> "");
    }

    /** A tenant over its limit must not keep others from asking order-service. */
    @Test
    void theCircuitOfOrderServiceIgnoresRefusals() {
        var config = circuitBreakers.circuitBreaker("orders").getCircuitBreakerConfig();

        assertThat(config.getIgnoreExceptionPredicate().test(Refusal.overloaded("Too many.")))
                .isTrue();
    }

    @Test
    void everyOperationAnswersWhateverItGets() {
        jdbc.sql("""
                INSERT INTO shipment
                       (order_id, tenant, state, tracking_id, stop_refused, created_at, updated_at)
                VALUES (:order, 'demo', 'STOPPED', 't', false, now(), now())
                """).param("order", order).update();

        new OperationFuzz(
                        port,
                        () -> "",
                        () -> jdbc.sql("SELECT count(*)::text FROM shipment WHERE state = 'STOPPED'")
                                .query(String.class)
                                .single())
                .assertRobust(
                        "shipping-service",
                        Map.of("orderId", order.toString(), "type", "dev.orderflow.shipment.delivered.v1"));
    }
}
