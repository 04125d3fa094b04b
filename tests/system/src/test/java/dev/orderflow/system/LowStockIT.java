package dev.orderflow.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.process.Part;
import dev.orderflow.events.Topics;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.system.Sandbox.Mail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The route from the warehouse to the merchandiser's mailbox. */
@SystemTest
class LowStockIT {

    private static final String MERCHANDISER = "merchandiser@example.com";
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final String CLIENT = "b7ad6b7169203331";

    private static final List<String> ROUTED = List.of(
            "inventory consume order.placed applied > inventory publish stock.low",
            "inventory publish stock.low > inventory send stock-level-events",
            "inventory publish stock.low > notification consume stock.low applied",
            "notification consume stock.low applied > notification publish notification.lowstock",
            "notification publish notification.lowstock > notification send notification-events",
            "notification publish notification.lowstock > notification consume notification.lowstock applied",
            "notification consume notification.lowstock applied > notification smtp.send");

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;

    LowStockIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.shop = shop;
        this.sandbox = sandbox;
    }

    /** The threshold is 5. The second order finds the product low already. */
    @Test
    void theMerchandiserGetsOneMailWhenAProductBecomesLow() {
        var sku = shop.newProduct(6);
        shop.await(shop.place(sku, 1).orderId(), OrderStatus.PAID);
        shop.await(shop.place(sku, 1).orderId(), OrderStatus.PAID);
        shop.await(shop.place(sku, 1).orderId(), OrderStatus.PAID);

        Eventually.await()
                .during(QUIET)
                .untilAsserted(() -> assertThat(mailsAbout(sku))
                        .singleElement()
                        .satisfies(mail -> assertThat(mail.orderId()).isNull()));
        assertThat(routes()).contains("\"name\":\"low-stock\"").doesNotContain("\"published\":0");
    }

    /** The order that makes the product low is the last recorded cause. */
    @Test
    void theMailIsInTheTraceOfTheOrderThatMadeTheProductLow() {
        var sku = shop.newProduct(5);
        var trace = UUID.randomUUID().toString().replace("-", "");
        var headers = Map.of("traceparent", "00-" + trace + "-" + CLIENT + "-01");
        try (var json = shop.calls()) {
            var placed = json.postWith(headers, shop.orders(), Shop.order(sku, 1, PaymentMethod.CARD));
            assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        }

        Eventually.await()
                .untilAsserted(() -> assertThat(suite.spans().edges(trace, CLIENT))
                        .filteredOn(edge -> edge.contains("stock.low")
                                || edge.contains("lowstock")
                                || edge.contains("stock-level")
                                || edge.contains("notification-events"))
                        .containsExactlyInAnyOrderElementsOf(ROUTED));
        Eventually.await()
                .untilAsserted(() ->
                        assertThat(suite.spans().edges(trace, CLIENT)).noneMatch(edge -> edge.startsWith("orphan")));
        try (var topics = new EventTopics(suite.topology().bootstrapServers())) {
            var low = topics.records(List.of(Topics.STOCK_LEVEL_EVENTS), Set.of(sku));
            var noticed = topics.records(List.of(Topics.NOTIFICATION_EVENTS), Set.of(sku));
            assertThat(noticed).singleElement().satisfies(record -> {
                assertThat(header(record, "ce_causationid")).isEqualTo(header(low.getFirst(), "ce_id"));
                assertThat(header(record, "ce_correlationid")).isEqualTo(header(low.getFirst(), "ce_correlationid"));
                assertThat(header(record, "traceparent")).contains(trace);
            });
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private List<Mail> mailsAbout(String sku) {
        return sandbox.mails().stream()
                .filter(mail -> mail.to().equals(MERCHANDISER) && mail.subject().equals("Low stock of " + sku))
                .toList();
    }

    private String routes() {
        try (var json = suite.operator()) {
            return json.get(suite.topology().managementUri(Part.NOTIFICATION).resolve("/admin/routes"))
                    .body();
        }
    }
}
