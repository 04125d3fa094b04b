package dev.orderflow.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.verify.evidence.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Tests the tenants of rows and events, with the roles of the database that {@code ./demo} creates. */
@SystemTest
class TenantsIT {

    private static final Map<Service, List<String>> TABLES = Map.of(
            Service.ORDER,
                    List.of(
                            "orders",
                            "order_line",
                            "order_status_change",
                            "idempotency_key",
                            "customer",
                            "promotion_counter",
                            "promotion_claim",
                            "promotion_return"),
            Service.INVENTORY, List.of("reservation", "reservation_line"),
            Service.PAYMENT, List.of("payment"),
            Service.SHIPPING, List.of("shipment"),
            Service.LOYALTY, List.of("points_account", "points_entry", "redemption"),
            Service.NOTIFICATION, List.of("mail", "undeliverable_mail", "earned_points"));

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;

    TenantsIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.shop = shop;
        this.sandbox = sandbox;
    }

    @Test
    void withoutATenantAServicesRoleSeesNoRow() {
        shop.awaitFinal(shop.place(shop.newProduct(5), 1).orderId());

        TABLES.forEach((service, tables) -> {
            try (var database = new ServiceDatabase(suite, service)) {
                for (var table : tables) {
                    assertThat(database.countAsService("SELECT count(*) FROM " + table))
                            .as(table)
                            .isZero();
                }
                Eventually.await()
                        .untilAsserted(() -> assertThat(database.count("SELECT count(*) FROM " + tables.getFirst()))
                                .isPositive());
            }
        });
    }

    /** It says the truth, but for the tenant. */
    @Test
    void aPaymentOfAnotherTenantPaysNoOrder() {
        sandbox.beSlow(Duration.ofSeconds(5));
        var order = shop.place(shop.newProduct(5), 1);
        shop.await(order.orderId(), OrderStatus.RESERVED);

        publishPayment(
                order.orderId(),
                order.total().amount().toPlainString(),
                order.total().currency());

        try (var database = new ServiceDatabase(suite, Service.ORDER)) {
            Eventually.soon()
                    .untilAsserted(() -> assertThat(database.texts(
                                    "SELECT message FROM dead_letter WHERE key = ?",
                                    order.orderId().toString()))
                            .singleElement()
                            .asString()
                            .contains("is one of tenant other"));
            assertThat(database.texts("SELECT status FROM orders WHERE id = ?", order.orderId()))
                    .containsExactly("RESERVED");
        }
        sandbox.beWell();
        suite.deadLetters("discard", "--type", "dev.orderflow.payment.completed.v1", "--reason", "forged");
        shop.await(order.orderId(), OrderStatus.PAID);
    }

    private void publishPayment(UUID order, String amount, String currency) {
        var data = String.format(Locale.ROOT, """
                {"orderId": "%s", "amount": {"amount": "%s", "currency": "%s"}, "providerReference": "pay_0", "at": "%s"}
                """, order, amount, currency, Instant.EPOCH);
        var message = new ProducerRecord<String, byte[]>("payment-events", order.toString(), data.getBytes(UTF_8));
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", UUID.randomUUID().toString(),
                        "ce_source", "payment-service",
                        "ce_type", "dev.orderflow.payment.completed.v1",
                        "ce_subject", order.toString(),
                        "ce_tenantid", "other",
                        "content-type", "application/json")
                .forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
        try (var producer = new KafkaProducer<>(
                EventTopics.producerSettings(suite.topology().bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(message);
        }
    }
}
