package dev.orderflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.edge.test.MediaTypeMatrix;
import dev.orderflow.edge.test.PublishedAnswers;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.test.RealInfrastructure;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.events.Topics;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.events.payment.PaymentCompleted;
import dev.orderflow.events.payment.PaymentDeclined;
import dev.orderflow.events.payment.PaymentEvent;
import dev.orderflow.payment.provider.FakeProvider;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The whole service between real order events and a provider that can be told to misbehave. */
@RealInfrastructure
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "spring.jpa.hibernate.ddl-auto=validate",
            "resilience4j.circuitbreaker.instances.payment-provider.wait-duration-in-open-state=3s",
            // Tests wait for retries; how long they are delayed is RetryPolicyTests' matter.
            "eventing.retry.first-delay=100ms",
            "eventing.retry.longest-delay=1s"
        })
class PaymentFlowIT {

    private static final FakeProvider provider = new FakeProvider();
    private static final OrderStream orders = new OrderStream();
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Autowired
    private CircuitBreakerRegistry circuitBreakers;

    @Autowired
    private BulkheadRegistry bulkheads;

    @Autowired
    private JdbcClient jdbc;

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    private final UUID order = UUID.randomUUID();

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry registry) {
        registry.add("payment.provider.url", provider::url);
    }

    @BeforeEach
    @AfterEach
    void makeWell() {
        provider.work();
        circuit().reset();
    }

    @AfterAll
    static void stop() {
        orders.close();
        provider.close();
    }

    @Test
    void aReservedOrderIsCharged() {
        var reserved = orders.reserved(order);

        var told = awaitTold(order, 1).getFirst();
        assertThat(read(told, PaymentCompleted.class))
                .returns(order, PaymentCompleted::orderId)
                .returns(OrderStream.TOTAL, PaymentCompleted::amount)
                .returns("pay_" + order, PaymentCompleted::providerReference);
        assertThat(CloudEventHeaders.read(told.headers()))
                .returns("payment-service", EventMetadata::source)
                .returns(1L, EventMetadata::sequence)
                .returns(reserved, EventMetadata::causationId)
                .returns("correlation-of-" + order, EventMetadata::correlationId);
        http().get()
                .uri("/api/payments/" + order)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.orderId")
                .isEqualTo(order.toString())
                .jsonPath("$.amount.amount")
                .isEqualTo("15.30")
                .jsonPath("$.amount.currency")
                .isEqualTo("GBP")
                .jsonPath("$.state")
                .isEqualTo("CAPTURED")
                .jsonPath("$.providerReference")
                .isEqualTo("pay_" + order)
                .jsonPath("$.createdAt")
                .exists();
    }

    @Test
    void aDeclineIsToldWithItsReason() {
        orders.reserved(order, PaymentMethod.CARD_DECLINED);

        assertThat(read(awaitTold(order, 1).getFirst(), PaymentDeclined.class))
                .returns(order, PaymentDeclined::orderId)
                .returns("card declined", PaymentDeclined::reason);
        assertThat(stateOf(order)).isEqualTo("DECLINED");
    }

    @Test
    void aProviderThatFailsTwiceChargesOnce() {
        failNextCalls(2);
        orders.reserved(order);

        awaitTold(order, 1);
        assertThat(provider.requests(order.toString())).hasSize(3);
        assertThat(provider.hasCharged(order.toString())).isTrue();
        assertThat(circuit().getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void anAnswerThatWasLostAfterTheChargeIsFoundOutByTheSameKey() {
        var lost = new AtomicInteger(1);
        provider.follow(request -> {
            var answer = provider.answerByProtocol(request);
            return lost.getAndDecrement() > 0 ? FakeProvider.Response.NONE : answer;
        });
        orders.reserved(order);

        assertThat(read(awaitTold(order, 1).getFirst(), PaymentCompleted.class).providerReference())
                .isEqualTo("pay_" + order);
        assertThat(provider.requests(order.toString())).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aRedeliveredEventHasNoSecondEffect() {
        var reserved = orders.reserved(order);
        awaitTold(order, 1);

        orders.repeat(reserved, order);
        awaitTakenIn(orders.cancelled(order));

        assertThat(provider.requests(order.toString())).hasSize(1);
        assertThat(awaitTold(order, 2)).extracting(PaymentFlowIT::typeOf).containsExactly("completed", "refunded");
    }

    @Test
    void anOrderCancelledAfterItsCaptureIsRefundedOnce() {
        orders.reserved(order);
        orders.cancelled(order);

        var told = awaitTold(order, 2);
        assertThat(told).extracting(PaymentFlowIT::typeOf).containsExactly("completed", "refunded");
        assertThat(told)
                .extracting(message -> CloudEventHeaders.read(message.headers()).sequence())
                .containsExactly(1L, 2L);
        assertThat(provider.requests(order + "-refund")).hasSize(1);
        assertThat(stateOf(order)).isEqualTo("REFUNDED");
    }

    @Test
    void aFailedRefundIsRepeatedUntilItSucceeds() {
        orders.reserved(order);
        awaitTold(order, 1);
        failNextCalls(2);
        orders.cancelled(order);

        awaitTold(order, 2);
        assertThat(provider.hasRefunded(order + "-refund")).isTrue();
        assertThat(stateOf(order)).isEqualTo("REFUNDED");
    }

    @Test
    void aCancelledOrderThatWasNeverChargedOrWasDeclinedIsNotRefunded() {
        var declined = UUID.randomUUID();
        awaitTakenIn(orders.cancelled(order));
        orders.reserved(declined, PaymentMethod.CARD_DECLINED);
        awaitTakenIn(orders.cancelled(declined));

        assertThat(provider.requests(order + "-refund")).isEmpty();
        assertThat(provider.requests(declined + "-refund")).isEmpty();
        assertThat(awaitTold(declined, 1)).hasSize(1);
    }

    @Test
    void aProviderThatIsAwayOpensTheCircuitAndAllIsDrainedWhenItIsBack() {
        provider.follow(request -> FakeProvider.Response.NONE);
        var waiting = Stream.generate(UUID::randomUUID).limit(60).toList();
        waiting.forEach(orders::reserved);

        await().atMost(PATIENCE).until(() -> circuit().getState() == State.OPEN);
        // For as long as the answers take that say so.
        circuit().transitionToOpenStateFor(PATIENCE);
        actuator("/health")
                .jsonPath("$.status")
                .isEqualTo("UP")
                .jsonPath("$.components.circuitBreakers.details.payment-provider.details.state")
                .isEqualTo("OPEN");
        actuator("/health/liveness").jsonPath("$.status").isEqualTo("UP");
        actuator("/health/readiness").jsonPath("$.status").isEqualTo("UP");

        // Held open, so that no probe of a half-open circuit blurs the count.
        circuit().transitionToForcedOpenState();
        await().atMost(PATIENCE).until(() -> callsUnderWay() == 0);
        var callsSoFar = provider.requests().size();
        await().during(Duration.ofSeconds(2))
                .atMost(PATIENCE)
                .until(() -> provider.requests().size() == callsSoFar);

        provider.work();
        circuit().transitionToOpenState();
        awaitEachToldOnce(waiting);
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
        awaitEachToldOnce(refused);
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

    @Test
    void anUnknownPaymentIsNotFoundAndAMalformedIdIsRefused() {
        http().get()
                .uri("/api/payments/" + order)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("payment_not_found");
        http().get()
                .uri("/api/payments/4711")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("bad_request")
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains("orderId"));
    }

    @Test
    void schemasOfEventsAreServed() {
        http().get()
                .uri("/schemas/dev.orderflow.payment.completed.v1")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.title")
                .isEqualTo("PaymentCompleted");
    }

    @Test
    void problemsAreAnsweredAsPublished() {
        PublishedAnswers.assertUnchanged(getClass(), "published-problems.txt", "http://127.0.0.1:" + port);
    }

    @Test
    void allEndpointsSpeakJson(@Autowired ApplicationContext context) {
        var matrix = new MediaTypeMatrix(context, "dev.orderflow.payment");

        matrix.assertAllSayThatTheySpeakJson();
        matrix.assertNothingChangesUnlessCarriedOut(Map.of(), () -> "");
    }

    private static void failNextCalls(int times) {
        var failures = new AtomicInteger(times);
        provider.follow(request ->
                failures.getAndDecrement() > 0 ? new FakeProvider.Response(503, "{\"code\":\"AWAY\"}") : null);
    }

    private CircuitBreaker circuit() {
        return circuitBreakers.circuitBreaker("payment-provider");
    }

    private int callsUnderWay() {
        var places = bulkheads.bulkhead("payment-provider").getMetrics();
        return places.getMaxAllowedConcurrentCalls() - places.getAvailableConcurrentCalls();
    }

    private RestTestClient http() {
        return RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
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

    /** Waits until this service has published at least {@code count} events of {@code key}, and returns them. */
    private static List<ConsumerRecord<String, byte[]>> awaitTold(UUID key, int count) {
        return await().atMost(PATIENCE).until(() -> told(key), told -> told.size() >= count);
    }

    private static void awaitEachToldOnce(List<UUID> keys) {
        var expected = keys.stream().map(UUID::toString).toList();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(TestInfrastructure.get().topics().read(Topics.PAYMENT_EVENTS))
                                .extracting(ConsumerRecord::key)
                                .filteredOn(expected::contains)
                                .containsExactlyInAnyOrderElementsOf(expected));
    }

    private static List<ConsumerRecord<String, byte[]>> told(UUID key) {
        return TestInfrastructure.get().topics().read(Topics.PAYMENT_EVENTS).stream()
                .filter(message -> message.key().equals(key.toString()))
                .toList();
    }

    private void awaitTakenIn(UUID eventId) {
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("SELECT count(*) FROM inbox WHERE event_id = :id")
                                .param("id", eventId)
                                .query(Integer.class)
                                .single()
                        == 1);
    }

    private String stateOf(UUID orderId) {
        return jdbc.sql("SELECT state FROM payment WHERE order_id = :id")
                .param("id", orderId)
                .query(String.class)
                .single();
    }

    private static <E extends PaymentEvent> E read(ConsumerRecord<String, byte[]> message, Class<E> type) {
        return new EventJson().read(message.value(), type);
    }

    private static String typeOf(ConsumerRecord<String, byte[]> message) {
        return CloudEventHeaders.read(message.headers())
                .type()
                .replace("dev.orderflow.payment.", "")
                .replace(".v1", "");
    }
}
