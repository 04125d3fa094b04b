package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.events.order.PaymentMethod;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Tests the contract from outside Java: a consumer that was written from the AsyncAPI document alone agrees with
 * order-service, which decides.
 */
@SystemTest
@EnabledIfSystemProperty(named = "suites", matches = "all", disabledReason = "-Pthorough runs it")
class ForeignConsumerIT {

    private static final Path DOCUMENT = Path.of("../../docs/asyncapi.json");

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;
    private final JsonCalls json;

    ForeignConsumerIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.shop = shop;
        this.sandbox = sandbox;
        this.json = shop.calls();
    }

    /** @param nextCursor null on the last page */
    record Page(List<Order> items, @Nullable String nextCursor) {}

    @BeforeAll
    static void assumeNode() {
        ForeignConsumer.assumeNode();
    }

    @AfterEach
    void close() {
        json.close();
    }

    @Test
    void itAgreesWithTheOrderServiceOnEveryOrder() {
        try (var consumer =
                new ForeignConsumer(DOCUMENT, suite.topology().bootstrapServers(), "beside-" + UUID.randomUUID())) {
            var sku = shop.newProduct(100);
            var first = placeOneOfEachKind(sku);
            Eventually.await()
                    .untilAsserted(() -> assertThat(consumer.statuses())
                            .containsEntry(first.getFirst().toString(), "DELIVERED"));

            consumer.kill();
            var second = placeOneOfEachKind(sku);
            consumer.start();

            Eventually.await()
                    .untilAsserted(() -> assertThat(consumer.statuses()).isEqualTo(statusesAtTheOracle()));
            try (var topics = new EventTopics(suite.topology().bootstrapServers())) {
                topics.publishAllAgain();
                topics.awaitConsumed();
            }
            var last = shop.place(sku, 1).orderId();
            shop.await(last, OrderStatus.PAID);
            Eventually.await()
                    .untilAsserted(() -> assertThat(consumer.statuses()).isEqualTo(statusesAtTheOracle()));

            for (var order : List.of(first.getFirst(), second.getFirst(), last)) {
                var sequences = consumer.sequencesOf(order.toString());
                assertThat(sequences)
                        .as("changes of %s, none missing and none twice", order)
                        .hasSizeGreaterThanOrEqualTo(3)
                        .containsExactlyElementsOf(IntStream.rangeClosed(1, sequences.size())
                                .boxed()
                                .toList());
            }
            assertThat(consumer.printed()).doesNotContain("missing=event");
        }
    }

    /** Returns a paid, a declined, a rejected and a refunded order, all in their final status. */
    private List<UUID> placeOneOfEachKind(String sku) {
        var paid = shop.place(sku, 1).orderId();
        var declined =
                shop.place(Shop.order(sku, 1, PaymentMethod.CARD_DECLINED)).orderId();
        var outOfStock = shop.place(sku, 1_000).orderId();
        shop.await(paid, OrderStatus.PAID);
        sandbox.shipSlowly(Duration.ofSeconds(3));
        var refunded = shop.place(sku, 1).orderId();
        shop.await(refunded, OrderStatus.PAID);
        shop.cancel(refunded);
        sandbox.beWell();
        shop.await(declined, OrderStatus.CANCELLED);
        shop.await(outOfStock, OrderStatus.CANCELLED);
        return List.of(paid, declined, outOfStock, refunded);
    }

    private Map<String, String> statusesAtTheOracle() {
        var statuses = new TreeMap<String, String>();
        @Nullable String cursor = null;
        do {
            var query = "?limit=100" + (cursor == null ? "" : "&cursor=" + encoded(cursor));
            var page = json.read(json.get(URI.create(shop.orders() + query)), Page.class);
            page.items()
                    .forEach(order -> statuses.put(
                            order.orderId().toString(), order.status().name()));
            cursor = page.nextCursor();
        } while (cursor != null);
        return statuses;
    }

    private static String encoded(String cursor) {
        return URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    }
}
