package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.NewOrder;
import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.process.Part;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.verify.evidence.Service;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Erases a customer with all that can happen to orders behind it, and searches everything for what named the customer. */
@SystemTest
class ErasureIT {

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;

    private final String id = "quux" + unusual();
    private final String address = "zoe." + unusual() + "@example.org";
    private String token = "";

    ErasureIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.shop = shop;
        this.sandbox = sandbox;
    }

    @BeforeEach
    void mintToken() {
        token = new MintedTokens(suite).customer(id, address);
    }

    @Test
    void afterAnErasureNothingNamesTheCustomer() {
        var traces = new TracesOf(suite, id, address);
        var sku = shop.newProduct(100);
        try (var customer = new JsonCalls();
                var operator = suite.operator()) {
            var paid = place(customer, sku, PaymentMethod.CARD);
            shop.paidAt(paid.orderId());
            var declined = place(customer, sku, PaymentMethod.CARD_DECLINED);
            assertThat(shop.awaitFinal(declined.orderId()).status()).isEqualTo(OrderStatus.CANCELLED);
            refuse(customer);
            var dead = letDie(customer, sku);
            shop.cancel(dead.orderId());
            sandbox.awaitMails(paid.orderId(), "PLACED", "RESERVED", "PAID");
            sandbox.awaitMails(dead.orderId(), "PLACED", "CANCELLED");
            assertThat(sandbox.mails())
                    .filteredOn(mail -> paid.orderId().equals(mail.orderId()))
                    .extracting(Sandbox.Mail::to)
                    .containsOnly(address);

            assertThat(traces.inDatabases())
                    .containsExactlyInAnyOrder("ORDER customer", "ORDER idempotency_key", "ORDER orders");
            assertThat(traces.inTopics()).isEmpty();
            var reference = reference(dead.orderId());
            assertThat(traces.isIn(operator.get(customerUri(reference)).body())).isTrue();

            assertThat(operator.delete(customerUri(id)).statusCode()).isEqualTo(204);

            Eventually.await()
                    .untilAsserted(() -> assertThat(consumers(reference)).isEqualTo(2));
            assertThat(traces.inDatabases()).isEmpty();
            assertThat(traces.inTopics()).isEmpty();
            assertThat(traces.inLogs()).isEmpty();
            assertThat(answers(operator, reference, paid.orderId()))
                    .allSatisfy(answer -> assertThat(traces.isIn(answer)).isFalse());

            suite.faults(Part.INVENTORY).clear();
            suite.deadLetters("replay", "--all", "--wait");
            assertThat(traces.inDatabases()).isEmpty();
            assertThat(traces.inTopics()).isEmpty();
        }
    }

    private Order place(JsonCalls customer, String sku, PaymentMethod method) {
        var order = new NewOrder(id, List.of(new NewOrder.Line(sku, 1)), method);
        var answer = customer.postWith(
                Map.of(
                        "Authorization",
                        "Bearer " + token,
                        "Idempotency-Key",
                        UUID.randomUUID().toString()),
                shop.orders(),
                order);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return customer.read(answer, Order.class);
    }

    private void refuse(JsonCalls customer) {
        var bearer = Map.of("Authorization", "Bearer " + token);
        var unknown = new NewOrder(id, List.of(new NewOrder.Line("NO-SUCH", 1)), PaymentMethod.CARD);
        assertThat(customer.postWith(bearer, shop.orders(), unknown).statusCode())
                .isEqualTo(422);
        assertThat(customer.postWith(bearer, shop.orders(), Map.of("customerId", id))
                        .statusCode())
                .isEqualTo(400);
    }

    /** Returns an order whose event is a dead letter, in the database and on a topic. */
    private Order letDie(JsonCalls customer, String sku) {
        suite.faults(Part.INVENTORY)
                .add(Map.of("handler", "StockEventHandlers.reserve", "key", "*", "share", 1, "permanent", true));
        var order = place(customer, sku, PaymentMethod.CARD);
        try (var database = new ServiceDatabase(suite, Service.INVENTORY)) {
            Eventually.await()
                    .until(() -> database.count(
                                    "SELECT count(*) FROM dead_letter WHERE state = 'DEAD' AND key = ?",
                                    order.orderId().toString())
                            == 1);
        }
        return order;
    }

    private String reference(UUID order) {
        try (var database = new ServiceDatabase(suite, Service.ORDER)) {
            return database.texts("SELECT customer_reference FROM orders WHERE id = ?", order)
                    .getFirst();
        }
    }

    /** Returns how many services remember that they have consumed the erasure. */
    private long consumers(String reference) {
        long consumers = 0;
        try (var order = new ServiceDatabase(suite, Service.ORDER)) {
            var event = order.texts("SELECT event_id FROM outbox WHERE key = ?", reference);
            for (var service : List.of(Service.ORDER, Service.NOTIFICATION)) {
                try (var database = new ServiceDatabase(suite, service)) {
                    consumers += database.count(
                            "SELECT count(*) FROM inbox WHERE event_id = ?", UUID.fromString(event.getFirst()));
                }
            }
        }
        return consumers;
    }

    /** Returns what interfaces of the services answer afterwards. */
    private List<String> answers(JsonCalls operator, String reference, UUID order) {
        var answers = new ArrayList<String>();
        try (var shops = shop.calls()) {
            answers.add(shops.get(URI.create(shop.orders() + "/" + order)).body());
            answers.add(shops.get(URI.create(shop.orders() + "?limit=100")).body());
        }
        assertThat(operator.get(customerUri(reference)).statusCode()).isEqualTo(404);
        assertThat(operator.get(customerUri(id)).statusCode()).isEqualTo(404);
        answers.add(operator.get(suite.topology().managementUri(Part.INVENTORY).resolve("/admin/dead-letters"))
                .body());
        for (var part : Part.services()) {
            var metrics = operator.get(suite.topology().managementUri(part).resolve("/actuator/prometheus"));
            assertThat(metrics.statusCode()).isEqualTo(200);
            answers.add(metrics.body());
        }
        return answers;
    }

    private URI customerUri(String name) {
        return suite.topology().uri(Part.ORDER).resolve("/api/customers/" + name);
    }

    private static String unusual() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
