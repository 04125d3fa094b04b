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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Erases a customer with all that can happen to orders behind it, and searches everything for what named the customer. */
@SystemTest
class ErasureIT {

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;
    private final ErasableCustomer customer;

    ErasureIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.shop = shop;
        this.sandbox = sandbox;
        this.customer = new ErasableCustomer(suite);
    }

    @AfterEach
    void close() {
        customer.close();
    }

    @Test
    void afterAnErasureNothingNamesTheCustomer() {
        var traces = customer.traces();
        var sku = shop.newProduct(100);
        try (var operator = suite.operator()) {
            var paid = customer.place(sku, PaymentMethod.CARD);
            shop.paidAt(paid.orderId());
            var declined = customer.place(sku, PaymentMethod.CARD_DECLINED);
            assertThat(shop.awaitFinal(declined.orderId()).status()).isEqualTo(OrderStatus.CANCELLED);
            refuse();
            var dead = letDie(sku);
            shop.cancel(dead.orderId());
            sandbox.awaitMails(paid.orderId(), "PLACED", "RESERVED", "PAID");
            sandbox.awaitMails(dead.orderId(), "PLACED", "CANCELLED");
            assertThat(sandbox.mails())
                    .filteredOn(mail -> paid.orderId().equals(mail.orderId()))
                    .extracting(Sandbox.Mail::to)
                    .containsOnly(customer.address());

            assertThat(traces.inDatabases())
                    .containsExactlyInAnyOrder("ORDER customer", "ORDER idempotency_key", "ORDER orders");
            assertThat(traces.inTopics()).isEmpty();
            var reference = customer.reference(dead);
            assertThat(traces.isIn(operator.get(customer.uri(reference)).body()))
                    .isTrue();

            assertThat(customer.erase()).isEqualTo(204);

            customer.awaitConsumed(reference);
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

    private void refuse() {
        var unknown = new NewOrder(customer.id(), List.of(new NewOrder.Line("NO-SUCH", 1)), PaymentMethod.CARD);
        assertThat(customer.order(unknown).statusCode()).isEqualTo(422);
        assertThat(customer.order(Map.of("customerId", customer.id())).statusCode())
                .isEqualTo(400);
    }

    /** Returns an order whose event is a dead letter, in the database and on a topic. */
    private Order letDie(String sku) {
        suite.faults(Part.INVENTORY)
                .add(Map.of("handler", "StockEventHandlers.reserve", "key", "*", "share", 1, "permanent", true));
        var order = customer.place(sku, PaymentMethod.CARD);
        try (var database = new ServiceDatabase(suite, Service.INVENTORY)) {
            Eventually.await()
                    .until(() -> database.count(
                                    "SELECT count(*) FROM dead_letter WHERE state = 'DEAD' AND key = ?",
                                    order.orderId().toString())
                            == 1);
        }
        return order;
    }

    /** Returns what interfaces of the services answer afterwards. */
    private List<String> answers(JsonCalls operator, String reference, UUID order) {
        var answers = new ArrayList<String>();
        try (var shops = shop.calls()) {
            answers.add(shops.get(URI.create(shop.orders() + "/" + order)).body());
            answers.add(shops.get(URI.create(shop.orders() + "?limit=100")).body());
        }
        assertThat(operator.get(customer.uri(reference)).statusCode()).isEqualTo(404);
        assertThat(operator.get(customer.uri(customer.id())).statusCode()).isEqualTo(404);
        answers.add(operator.get(suite.topology().managementUri(Part.INVENTORY).resolve("/admin/dead-letters"))
                .body());
        for (var part : Part.services()) {
            var metrics = operator.get(suite.topology().managementUri(part).resolve("/actuator/prometheus"));
            assertThat(metrics.statusCode()).isEqualTo(200);
            answers.add(metrics.body());
        }
        return answers;
    }
}
