package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.NewOrder;
import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.process.Part;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.verify.evidence.Service;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A customer of a suite, with an id and an address that nothing else contains, and what tests of its erasure do. */
final class ErasableCustomer implements AutoCloseable {

    private final RunningSuite suite;
    private final JsonCalls calls = new JsonCalls();
    private final JsonCalls operator;
    private final String id = "quux" + unusual();
    private final String address = "zoe." + unusual() + "@example.org";
    private final String token;

    ErasableCustomer(RunningSuite suite) {
        this.suite = suite;
        this.operator = suite.operator();
        this.token = new MintedTokens(suite).customer(id, address);
    }

    String id() {
        return id;
    }

    String address() {
        return address;
    }

    TracesOf traces() {
        return new TracesOf(suite, id, address);
    }

    /** Places an order of one unit, with an idempotency key. */
    Order place(String sku, PaymentMethod method) {
        var order = new NewOrder(id, List.of(new NewOrder.Line(sku, 1)), method);
        var headers = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        var answer = request(headers, order);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return calls.read(answer, Order.class);
    }

    /** Places an order that is paid, and returns it once all its e-mails are sent. */
    Order placePaid() {
        var order = place(suite.shop().newProduct(10), PaymentMethod.CARD);
        suite.shop().paidAt(order.orderId());
        suite.sandbox().awaitMails(order.orderId(), "PLACED", "RESERVED", "PAID");
        return order;
    }

    /** Returns the answer to a request that has this body. */
    HttpResponse<String> order(Object body) {
        return request(Map.of(), body);
    }

    /** Erases the customer as an operator, and returns the status of the answer. */
    int erase() {
        return operator.delete(uri(id)).statusCode();
    }

    URI uri(String name) {
        return suite.topology().uri(Part.ORDER).resolve("/api/customers/" + name);
    }

    /** Returns the reference that an order of the customer has in its events. */
    String reference(Order order) {
        try (var database = new ServiceDatabase(suite, Service.ORDER)) {
            return database.texts("SELECT customer_reference FROM orders WHERE id = ?", order.orderId())
                    .getFirst();
        }
    }

    /** Waits until both services that consume the erasure remember that they have. */
    void awaitConsumed(String reference) {
        Eventually.await().untilAsserted(() -> assertThat(consumers(reference)).isEqualTo(2));
    }

    /** Returns how many services remember that they have consumed the erasure. */
    long consumers(String reference) {
        long consumers = 0;
        try (var order = new ServiceDatabase(suite, Service.ORDER)) {
            var events = order.texts("SELECT event_id FROM outbox WHERE key = ?", reference);
            for (var service : List.of(Service.ORDER, Service.NOTIFICATION)) {
                try (var database = new ServiceDatabase(suite, service)) {
                    for (var event : events) {
                        consumers +=
                                database.count("SELECT count(*) FROM inbox WHERE event_id = ?", UUID.fromString(event));
                    }
                }
            }
        }
        return consumers;
    }

    @Override
    public void close() {
        calls.close();
        operator.close();
    }

    private HttpResponse<String> request(Map<String, String> headers, Object body) {
        var all = new HashMap<>(headers);
        all.put("Authorization", "Bearer " + token);
        return calls.postWith(all, suite.shop().orders(), body);
    }

    private static String unusual() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
