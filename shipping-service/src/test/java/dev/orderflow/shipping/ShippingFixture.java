package dev.orderflow.shipping;

import dev.orderflow.edge.test.CommittedApi;
import dev.orderflow.eventing.test.RealInfrastructure;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.events.Topics;
import dev.orderflow.shipping.carrier.FakeCarrier;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.support.TransactionOperations;

/** The whole service between real order events and a carrier with scripted failures. */
@RealInfrastructure
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "resilience4j.circuitbreaker.instances.carrier.wait-duration-in-open-state=3s",
            "resilience4j.circuitbreaker.instances.carrier-tracking.wait-duration-in-open-state=3s",
            "shipping.tracking.period=100ms",
            "shipping.tracking.interval=100ms",
            // Short delays, because tests wait for retries; RetryPolicyTests covers the delays themselves.
            "eventing.retry.first-delay=100ms",
            "eventing.retry.longest-delay=1s",
            CommittedApi.RENDERED_APART
        })
@Import(ApiDescription.class)
abstract class ShippingFixture {

    /** End with this JVM, like the application context, which all classes share and which has the carrier's address. */
    static final FakeCarrier carrier = new FakeCarrier();

    static final OrderStream orders = new OrderStream();
    static final Duration PATIENCE = Duration.ofSeconds(40);

    @Autowired
    CircuitBreakerRegistry circuitBreakers;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionOperations transactions;

    @LocalServerPort
    int port;

    final UUID order = UUID.randomUUID();

    @DynamicPropertySource
    static void carrier(DynamicPropertyRegistry registry) {
        registry.add("shipping.carrier.url", carrier::url);
    }

    @BeforeEach
    @AfterEach
    void makeWell() {
        carrier.work();
        circuit().reset();
        trackingCircuit().reset();
    }

    CircuitBreaker circuit() {
        return circuitBreakers.circuitBreaker("carrier");
    }

    CircuitBreaker trackingCircuit() {
        return circuitBreakers.circuitBreaker("carrier-tracking");
    }

    RestTestClient http() {
        return RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
    }

    /** Waits until this service has published at least {@code count} events of {@code key}, and returns them. */
    static List<ConsumerRecord<String, byte[]>> awaitPublished(UUID key, int count) {
        return Awaitility.await().atMost(PATIENCE).until(() -> published(key), found -> found.size() >= count);
    }

    static List<ConsumerRecord<String, byte[]>> published(UUID key) {
        return TestInfrastructure.get().topics().read(Topics.SHIPPING_EVENTS).stream()
                .filter(message -> message.key().equals(key.toString()))
                .toList();
    }

    /** Waits until an event of the key is a dead letter, and returns why. */
    String awaitCauseOfDeath(UUID key) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> jdbc.sql("SELECT message FROM dead_letter WHERE key = :key")
                                .param("key", key.toString())
                                .query(String.class)
                                .list(),
                        causes -> !causes.isEmpty())
                .getFirst();
    }

    /** Waits until the event has taken effect. */
    void awaitConsumed(UUID eventId) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> jdbc.sql("SELECT count(*) FROM inbox WHERE event_id = :id")
                                .param("id", eventId)
                                .query(Integer.class)
                                .single()
                        == 1);
    }
}
