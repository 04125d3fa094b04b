package dev.orderflow.loyalty;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.orderflow.edge.test.CommittedApi;
import dev.orderflow.eventing.test.RealInfrastructure;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.events.Topics;
import dev.orderflow.loyalty.owner.FakeOrders;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The whole service between real order events and an order-service that knows each test's customer. */
@RealInfrastructure
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            // Short delays, because tests wait for retries; RetryPolicyTests covers the delays themselves.
            "eventing.retry.first-delay=100ms",
            "eventing.retry.longest-delay=1s",
            CommittedApi.RENDERED_APART
        })
@Import(ApiDescription.class)
abstract class LoyaltyFixture {

    /** End with this JVM, like the application context, which all classes share. */
    static final FakeOrders owners = new FakeOrders();

    static final OrderStream orders = new OrderStream();
    static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    CircuitBreakerRegistry circuitBreakers;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    final UUID order = UUID.randomUUID();
    final String customer = "c-" + UUID.randomUUID();
    final String reference = "~" + UUID.randomUUID();

    @DynamicPropertySource
    static void orders(DynamicPropertyRegistry registry) {
        registry.add("loyalty.orders.url", owners::url);
    }

    @BeforeEach
    void know() {
        owners.add(customer, reference);
    }

    record Answer(int status, String body) {

        <T> T get(String path) {
            return JsonPath.read(body, path);
        }
    }

    RestTestClient http() {
        return RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
    }

    Answer get(String path) {
        var result = http().get().uri(path).exchange().returnResult(String.class);
        return new Answer(result.getStatus().value(), String.valueOf(result.getResponseBody()));
    }

    Answer redeem(String key, long points) {
        return redeem(key, Long.toString(points));
    }

    /** @param points as they stand in the request's JSON */
    Answer redeem(String key, String points) {
        var result = http().post()
                .uri("/api/points/" + customer + "/redemptions")
                .header("Idempotency-Key", key)
                .header("Accept-Language", "de")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"points\": " + points + "}")
                .exchange()
                .returnResult(String.class);
        return new Answer(result.getStatus().value(), String.valueOf(result.getResponseBody()));
    }

    void assertPoints(int balance, int debt) {
        assertThat(get("/api/points/" + customer).<Map<String, Object>>get("$"))
                .isEqualTo(Map.of("customerId", customer, "balance", balance, "debt", debt));
    }

    /** Returns the kinds and points of the customer's entries, the newest first. */
    List<String> entries() {
        var page = get("/api/points/" + customer + "/entries?limit=100");
        return page.<List<Map<String, Object>>>get("$.items").stream()
                .map(entry -> entry.get("kind") + " " + entry.get("points"))
                .toList();
    }

    /** Waits until this service has published at least {@code count} events of {@code key}, and returns them. */
    static List<ConsumerRecord<String, byte[]>> awaitPublished(UUID key, int count) {
        return Awaitility.await().atMost(PATIENCE).until(() -> published(key), found -> found.size() >= count);
    }

    static List<ConsumerRecord<String, byte[]>> published(UUID key) {
        return TestInfrastructure.get().topics().read(Topics.LOYALTY_EVENTS).stream()
                .filter(message -> message.key().equals(key.toString()))
                .toList();
    }

    static String typeOf(ConsumerRecord<String, byte[]> message) {
        return CloudEventHeaders.read(message.headers())
                .type()
                .replace("dev.orderflow.points.", "")
                .replace(".v1", "");
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
