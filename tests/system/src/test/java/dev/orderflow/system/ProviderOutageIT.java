package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.process.Part;
import dev.orderflow.events.Topics;
import dev.orderflow.verify.evidence.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Tests an outage of the payment provider while orders keep coming; {@code -Doutage.seconds=120} sets its length. */
@SystemTest
class ProviderOutageIT {

    private static final Logger log = LoggerFactory.getLogger(ProviderOutageIT.class);

    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("outage.seconds", 20));
    private static final int PER_SECOND = 5;
    private static final String GROUP = "payment-service";
    private static final String DEAD_LETTERS = GROUP + ".dlt";
    private static final int ENOUGH = 100_000;

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;
    private final JsonCalls json;
    private final ServiceDatabase database;
    private final EventTopics topics;

    ProviderOutageIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.json = suite.operator();
        this.shop = shop;
        this.sandbox = sandbox;
        this.database = new ServiceDatabase(suite, Service.PAYMENT);
        this.topics = new EventTopics(suite.topology().bootstrapServers());
    }

    @AfterEach
    void close() {
        topics.close();
        database.close();
        json.close();
    }

    @Test
    void noAttemptIsCountedAndTheBacklogDrains() {
        var sku = shop.newProduct(ENOUGH);
        var deadBefore = topics.size(DEAD_LETTERS);
        shop.await(shop.place(sku, 1).orderId(), OrderStatus.PAID);
        List<UUID> orders;
        Instant well;
        try (var customers = new SteadyOrders(PER_SECOND, () -> shop.place(sku, 1))) {
            sandbox.fail();
            var begin = Instant.now();
            awaitCircuit("OPEN");
            awaitNoCountedAttempts();
            staysSoUntil(begin.plus(OUTAGE));
            assertThat(topics.lag(GROUP, Topics.ORDER_EVENTS))
                    .as("events that payment-service has deferred")
                    .isPositive();

            well = Instant.now();
            sandbox.beWell();
            orders = customers.placed();
        }

        var drained = orders.stream().map(shop::paidAt).max(Instant::compareTo).orElseThrow();
        log.info(
                "outageSeconds={} orders={} perSecond={} drainSeconds={}",
                OUTAGE.toSeconds(),
                orders.size(),
                PER_SECOND,
                Duration.between(well, drained).toMillis() / 1000.0);
        awaitCircuit("CLOSED");
        assertThat(topics.size(DEAD_LETTERS)).as("records on %s", DEAD_LETTERS).isEqualTo(deadBefore);
        Eventually.await()
                .untilAsserted(() -> assertThat(database.count("SELECT count(*) FROM key_hold"))
                        .isZero());
    }

    private void awaitCircuit(String state) {
        Eventually.soon().untilAsserted(() -> assertThat(circuit()).isEqualTo(state));
    }

    private String circuit() {
        var health = json.get(suite.topology().managementUri(Part.PAYMENT).resolve("/actuator/health"));
        return json.read(health, JsonNode.class)
                .at("/components/circuitBreakers/details/payment-provider/details/state")
                .asString();
    }

    /**
     * Waits until no event has a counted attempt. The first failures come before the circuit opens and are given back.
     */
    private void awaitNoCountedAttempts() {
        Eventually.await().untilAsserted(() -> assertThat(attempts()).isZero());
    }

    private void staysSoUntil(Instant end) {
        var rest = Duration.between(Instant.now(), end);
        Awaitility.await()
                .during(rest)
                .atMost(rest.plusSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    assertThat(attempts()).as("attempts that count").isZero();
                    assertThat(database.count("SELECT count(*) FROM dead_letter WHERE state = 'DEAD'"))
                            .isZero();
                });
    }

    private long attempts() {
        return database.count("SELECT coalesce(sum(jsonb_array_length(attempts)), 0) FROM key_hold");
    }
}
