package dev.orderflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.events.Topics;
import dev.orderflow.payment.provider.FakeProvider;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The circuit breaker around the provider: when it opens, what it shows, and that nothing is lost meanwhile. */
class ProviderGuardIT extends PaymentFixture {

    @Test
    void anUnavailableProviderOpensTheCircuitAndAllOrdersAreChargedAfterIt() {
        provider.follow(request -> FakeProvider.Response.NONE);
        var waiting = Stream.generate(UUID::randomUUID).limit(60).toList();
        waiting.forEach(orders::reserved);

        await().atMost(PATIENCE).until(() -> circuit().getState() == State.OPEN);
        // For as long as such answers take.
        circuit().transitionToOpenStateFor(PATIENCE);
        actuator("/health")
                .jsonPath("$.status")
                .isEqualTo("UP")
                .jsonPath("$.components.circuitBreakers.details.payment-provider.details.state")
                .isEqualTo("OPEN");
        actuator("/health/liveness").jsonPath("$.status").isEqualTo("UP");
        actuator("/health/readiness").jsonPath("$.status").isEqualTo("UP");

        // Held open, so that no probe of a half-open circuit disturbs the count.
        circuit().transitionToForcedOpenState();
        await().atMost(PATIENCE).until(() -> callsUnderWay() == 0);
        var callsSoFar = provider.requests().size();
        await().during(Duration.ofSeconds(2))
                .atMost(PATIENCE)
                .until(() -> provider.requests().size() == callsSoFar);

        provider.work();
        circuit().transitionToOpenState();
        awaitEachPublishedOnce(waiting);
        assertThat(circuit().getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void requestsThatTheProviderRefusesDoNotOpenTheCircuit() {
        provider.answerAlways(422, "{\"code\":\"WRONG\"}");
        var refused = Stream.generate(UUID::randomUUID).limit(30).toList();
        refused.forEach(orders::reserved);

        await().atMost(PATIENCE)
                .until(() -> refused.stream()
                        .allMatch(each -> !provider.requests(each.toString()).isEmpty()));
        assertThat(circuit().getState()).isEqualTo(State.CLOSED);

        provider.work();
        awaitEachPublishedOnce(refused);
    }

    @Test
    void theGuardIsVisibleInTheMetrics() {
        var metrics = RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + managementPort)
                .build()
                .get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(String.class)
                .getResponseBody();

        assertThat(metrics)
                .contains("resilience4j_circuitbreaker_state{")
                .contains("resilience4j_bulkhead_available_concurrent_calls{")
                .contains("resilience4j_timelimiter_calls_total{")
                .contains("payment-provider");
    }

    private int callsUnderWay() {
        var places = bulkheads.bulkhead("payment-provider").getMetrics();
        return places.getMaxAllowedConcurrentCalls() - places.getAvailableConcurrentCalls();
    }

    private RestTestClient.BodyContentSpec actuator(String path) {
        return RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + managementPort + "/actuator")
                .build()
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }

    private static void awaitEachPublishedOnce(List<UUID> keys) {
        var expected = keys.stream().map(UUID::toString).toList();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(TestInfrastructure.get().topics().read(Topics.PAYMENT_EVENTS))
                                .extracting(ConsumerRecord::key)
                                .filteredOn(expected::contains)
                                .containsExactlyInAnyOrderElementsOf(expected));
    }
}
