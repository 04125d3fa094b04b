package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.NewOrder;
import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.process.Part;
import dev.orderflow.events.order.PaymentMethod;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Searches logs, metrics and traces of a run for its customers. Each of them has a mark in its id that nothing else contains, so
 * that an id is found in any encoding that keeps letters.
 */
@SystemTest
class PersonalDataIT {

    /** Begins all marks, which only this test uses. */
    private static final Pattern MARK = Pattern.compile("(?i)zorilla[a-z]");

    private static final String PAID = "zorillaA-" + UUID.randomUUID();
    private static final String ADDRESS = "zorillaB." + UUID.randomUUID() + "@example.com";
    private static final String DECLINED = "zorillaD-" + UUID.randomUUID();
    private static final String DEAD = "zorillaE-" + UUID.randomUUID();
    private static final String WITHOUT_MAILBOX = "zorillaF " + UUID.randomUUID();
    private static final String REFUSED = "zorillaG-" + UUID.randomUUID();
    private static final String CANCELLED = "zorillaH-" + UUID.randomUUID();

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;
    private final JsonCalls json;

    PersonalDataIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.shop = shop;
        this.sandbox = sandbox;
        this.json = shop.calls();
    }

    @Test
    void logsMetricsAndTracesNameNoCustomer() throws IOException {
        var paid = place(PAID, PaymentMethod.CARD);
        var addressed = place(ADDRESS, PaymentMethod.CARD);
        var declined = place(DECLINED, PaymentMethod.CARD_DECLINED);
        var withoutMailbox = place(WITHOUT_MAILBOX, PaymentMethod.CARD);
        for (var order : List.of(paid, addressed, declined, withoutMailbox)) {
            shop.awaitFinal(order.orderId());
        }
        sandbox.awaitMails(addressed.orderId(), "PLACED", "RESERVED", "PAID");
        sandbox.awaitMails(declined.orderId(), "PLACED", "RESERVED", "CANCELLED");
        awaitUndeliverable(withoutMailbox);
        cancelAndRead();
        refuse();
        dieAndReplay();

        awaitSpans();
        assertThat(found()).isEmpty();
    }

    /** A customer's order is cancelled and read in all ways that name the customer. */
    private void cancelAndRead() {
        var order = place(CANCELLED, PaymentMethod.CARD);
        shop.cancel(order.orderId());
        for (var query : List.of(CANCELLED, ADDRESS, WITHOUT_MAILBOX)) {
            var encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
            get(URI.create(shop.orders() + "?customerId=" + encoded));
            // Whatever these answer: the id is in the path.
            get(shop.orders().resolve("/api/customers/" + encoded));
            get(shop.orders().resolve("/api/customers/" + encoded + "/address"));
            get(shop.orders().resolve("/api/customers/" + encoded + "/reference"));
            var points = suite.topology().uri(Part.LOYALTY).resolve("/api/points/" + encoded);
            get(points);
            get(URI.create(points + "/entries"));
            json.post(
                    URI.create(points + "/redemptions"),
                    Map.of("points", 1),
                    UUID.randomUUID().toString());
        }
        assertThat(shop.awaitFinal(order.orderId()).status()).isEqualTo(OrderStatus.CANCELLED);
    }

    /** Requests that are refused quote what is wrong with them. */
    private void refuse() {
        var line = Map.of("sku", "unknown", "quantity", 1);
        assertRefused(Map.of("customerId", REFUSED, "lines", List.of(line), "paymentMethod", "CARD"));
        assertRefused(Map.of("customerId", REFUSED + "\u0007", "lines", List.of(line), "paymentMethod", "CARD"));
        assertRefused(Map.of("customerId", REFUSED.repeat(10), "lines", List.of(line), "paymentMethod", "CARD"));
        assertRefused(Map.of("customerId", REFUSED, "lines", List.of(), "paymentMethod", REFUSED));
        assertRefused(Map.of("customerId", List.of(REFUSED), "lines", REFUSED, "paymentMethod", "CARD"));
        assertRefused(REFUSED);
        get(URI.create(shop.orders() + "?customerId=" + REFUSED + "&limit=" + REFUSED + "&status=" + REFUSED));
        get(URI.create(shop.orders() + "/" + REFUSED));
        get(suite.topology().uri(Part.NOTIFICATION).resolve("/api/mails?orderId=" + REFUSED));
    }

    /** Events of a customer die in each service that handles them. */
    private void dieAndReplay() {
        var services = List.of(Part.INVENTORY, Part.NOTIFICATION);
        var fault = Map.<String, Object>of("key", "*", "share", 1, "permanent", true);
        services.forEach(service -> {
            var handler = new HashMap<>(fault);
            handler.put(
                    "handler",
                    service == Part.INVENTORY ? "StockEventHandlers.reserve" : "MailEventHandlers.tellCustomer");
            suite.faults(service).add(handler);
        });
        var order = place(DEAD, PaymentMethod.CARD);
        services.forEach(service -> awaitDead(service, order));
        services.forEach(service -> suite.faults(service).clear());
        suite.deadLetters("replay", "--all", "--wait");
        shop.awaitFinal(order.orderId());
    }

    private void awaitDead(Part service, Order order) {
        try (var operator = suite.operator()) {
            var letters =
                    URI.create(suite.topology().managementUri(service) + "/admin/dead-letters?key=" + order.orderId());
            Eventually.await()
                    .untilAsserted(
                            () -> assertThat(operator.get(letters).body()).contains("\"DEAD\""));
        }
    }

    private void awaitUndeliverable(Order order) {
        try (var operator = suite.operator()) {
            var mails = suite.topology().uri(Part.NOTIFICATION).resolve("/api/mails?orderId=" + order.orderId());
            Eventually.await()
                    .untilAsserted(() -> assertThat(operator.get(mails).body()).contains("INVALID_ADDRESS"));
        }
    }

    /** Waits for the spans of one more order, since services export theirs in the order of their ends. */
    private void awaitSpans() {
        var trace = newTrace();
        shop.awaitFinal(place("somebody", PaymentMethod.CARD, trace).orderId());
        Eventually.await()
                .untilAsserted(() -> assertThat(suite.spans().trace(trace))
                        .extracting(RecordedSpan::label)
                        .contains(
                                "order publish order.paid",
                                "notification consume order.paid applied",
                                "inventory consume order.paid applied"));
    }

    /** Returns the lines, samples and spans that contain a mark. */
    private List<String> found() throws IOException {
        var found = new ArrayList<String>();
        for (var part : Part.values()) {
            search(
                    "log of " + part.label(),
                    Files.readString(suite.topology().log(part), StandardCharsets.UTF_8),
                    found);
        }
        for (var service : Part.services()) {
            var metrics = URI.create(suite.topology().managementUri(service) + "/actuator/prometheus");
            try (var operator = suite.operator()) {
                var answer = operator.get(metrics);
                assertThat(answer.statusCode()).isEqualTo(200);
                search("metrics of " + service.label(), answer.body(), found);
            }
        }
        suite.spans().all().forEach(span -> search("span of " + span.service(), span.content(), found));
        return found;
    }

    private static void search(String where, String text, List<String> found) {
        text.lines()
                .filter(line -> MARK.matcher(line).find())
                .map(line -> where + ": " + line)
                .forEach(found::add);
    }

    private void assertRefused(Object body) {
        var response = json.postWith(traced(newTrace()), shop.orders(), body);
        assertThat(response.statusCode()).as(response.body()).isBetween(400, 499);
    }

    private void get(URI uri) {
        assertThat(json.getWith(traced(newTrace()), uri).statusCode()).isLessThan(500);
    }

    private Order place(String customer, PaymentMethod method) {
        return place(customer, method, newTrace());
    }

    private Order place(String customer, PaymentMethod method, String trace) {
        var order = new NewOrder(customer, List.of(new NewOrder.Line(shop.newProduct(10), 1)), method);
        var response = json.postWith(traced(trace), shop.orders(), order);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return json.read(response, Order.class);
    }

    private static String newTrace() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static Map<String, String> traced(String trace) {
        return Map.of("traceparent", "00-" + trace + "-b7ad6b7169203331-01");
    }
}
