package dev.orderflow.system;

import static dev.orderflow.system.OrderTraces.DECLINED;
import static dev.orderflow.system.OrderTraces.PAID;
import static dev.orderflow.system.OrderTraces.PLACED;
import static dev.orderflow.system.OrderTraces.REPLAYED;
import static dev.orderflow.system.OrderTraces.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.NewOrder;
import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.process.Part;
import dev.orderflow.events.Topics;
import dev.orderflow.events.order.PaymentMethod;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that one trace leads from the request that places an order to each of its effects, with each span's parent. */
@SystemTest
class TracesIT {

    private static final String CLIENT = "b7ad6b7169203331";
    private static final String RESERVE = "StockEventHandlers.reserve";

    private final RunningSuite suite;
    private final SpanReceiver spans;
    private final Shop shop;
    private final JsonCalls json;
    private final String trace = newTrace();

    TracesIT(RunningSuite suite, Shop shop) {
        this.suite = suite;
        this.spans = suite.spans();
        this.shop = shop;
        this.json = shop.calls();
    }

    @Test
    void anOrdersTraceLeadsToItsStockPaymentShipmentPointsAndMails() {
        var order = place(PaymentMethod.CARD, trace, "01");

        awaitTrace(List.of(PLACED, RESERVED, PAID));
        assertThat(spans.trace(trace))
                .filteredOn(span -> span.name().startsWith("consume "))
                .allSatisfy(span -> assertThat(span.tags())
                        .containsKeys("event.id", "event.type", "messaging.consumer.group.name")
                        .containsEntry("event.key", order.orderId().toString()));
    }

    @Test
    void aDeclinedOrdersTraceLeadsToItsCompensation() {
        place(PaymentMethod.CARD_DECLINED, trace, "01");

        awaitTrace(List.of(PLACED, RESERVED, DECLINED));
    }

    @Test
    void eachAttemptOfARetriedEventIsInItsOrdersTrace() {
        suite.faults(Part.INVENTORY).add(Map.of("handler", RESERVE, "key", "*", "share", 1, "times", 1));
        place(PaymentMethod.CARD, trace, "01");

        awaitTrace(List.of(
                PLACED,
                RESERVED,
                PAID,
                List.of(
                        "order publish order.placed > inventory consume order.placed retried",
                        "order publish order.placed > inventory send inventory-service.retry-1")));
    }

    /** The customer cancels in the same trace, while the order's first event is dead and holds the second. */
    @Test
    void aReplayedDeadLetterAndTheEventHeldBehindItStayInTheirTrace() {
        suite.faults(Part.INVENTORY).add(Map.of("handler", RESERVE, "key", "*", "share", 1, "permanent", true));
        var order = place(PaymentMethod.CARD, trace, "01");
        awaitSpan("order publish order.placed > inventory consume order.placed dead");
        cancel(order);
        awaitSpan("order publish order.cancelled > inventory consume order.cancelled held");

        suite.faults(Part.INVENTORY).clear();
        suite.deadLetters("replay", "--all");

        awaitTrace(List.of(PLACED, REPLAYED));
    }

    @Test
    void redeliveredEventsAreDuplicatesInTheirTrace() {
        var order = place(PaymentMethod.CARD, trace, "01");
        awaitTrace(List.of(PLACED, RESERVED, PAID));
        try (var topics = new EventTopics(suite.topology().bootstrapServers())) {
            topics.publishAgain(Topics.ORDER_EVENTS, order.orderId());
        }

        awaitTrace(List.of(
                PLACED,
                RESERVED,
                PAID,
                List.of(
                        "order publish order.placed > inventory consume order.placed duplicate",
                        "order publish order.placed.v2 > inventory consume order.placed.v2 duplicate",
                        "order publish order.paid > inventory consume order.paid duplicate",
                        "order publish order.reserved > payment consume order.reserved duplicate",
                        "order publish order.paid > shipping consume order.paid duplicate",
                        "order publish order.paid > loyalty consume order.paid duplicate",
                        "order publish order.shipped > shipping consume order.shipped duplicate",
                        "order publish order.shipped > notification consume order.shipped duplicate",
                        "order publish order.placed > notification consume order.placed duplicate",
                        "order publish order.placed.v2 > notification consume order.placed.v2 duplicate",
                        "order publish order.reserved > notification consume order.reserved duplicate",
                        "order publish order.paid > notification consume order.paid duplicate")));
    }

    /** Nobody reserves the order in time: its first event is tried again until it expires. */
    @Test
    void aCancellationByDeadlineContinuesTheTraceOfTheRequest() {
        suite.faults(Part.INVENTORY).add(Map.of("handler", RESERVE, "key", "*", "share", 1, "times", 2));
        var order = placeWithin("1000");
        assertThat(shop.await(order.orderId(), OrderStatus.CANCELLED).reason()).isEqualTo("DEADLINE_PASSED");

        awaitSpan("order http post /api/orders > order publish order.cancelled");
        awaitSpan("order publish order.placed > inventory consume order.placed expired");
        awaitSpan("order publish order.cancelled > inventory consume order.cancelled applied");
        awaitSpan("order publish order.cancelled > notification consume order.cancelled applied");
        assertNoOrphans();
    }

    /** A thread that commits several requests together publishes each one's event in that one's trace. */
    @Test
    void ordersThatArePlacedTogetherKeepATraceEach() {
        var traces = new HashMap<String, UUID>();
        for (var placed : AtOnce.times(30, () -> {
            var id = newTrace();
            return Map.entry(id, place(PaymentMethod.CARD, id, "01").orderId());
        })) {
            traces.put(placed.getKey(), placed.getValue());
        }

        traces.forEach((id, order) -> {
            Eventually.await()
                    .untilAsserted(() -> assertThat(edges(id))
                            .containsExactlyInAnyOrderElementsOf(Stream.of(PLACED, RESERVED, PAID)
                                    .flatMap(List::stream)
                                    .toList()));
            assertThat(spans.trace(id))
                    .filteredOn(span -> span.tags().containsKey("event.key"))
                    .allSatisfy(span -> assertThat(span.tags()).containsEntry("event.key", order.toString()));
        });
    }

    @Test
    void anOrderWhoseTraceIsNotRecordedLeavesNoSpan() {
        shop.awaitFinal(place(PaymentMethod.CARD, trace, "00").orderId());
        var other = newTrace();
        place(PaymentMethod.CARD, other, "01");

        // Each service has exported what it had before.
        Eventually.await()
                .untilAsserted(() -> assertThat(edges(other))
                        .containsExactlyInAnyOrderElementsOf(Stream.of(PLACED, RESERVED, PAID)
                                .flatMap(List::stream)
                                .toList()));
        assertThat(spans.trace(trace)).isEmpty();
    }

    private void awaitTrace(List<List<String>> expected) {
        var all = expected.stream().flatMap(List::stream).toList();
        Eventually.await().untilAsserted(() -> assertThat(edges(trace)).containsExactlyInAnyOrderElementsOf(all));
        assertNoOrphans();
    }

    private void awaitSpan(String edge) {
        Eventually.await().untilAsserted(() -> assertThat(edges(trace)).contains(edge));
    }

    /** Each span is recorded once, after its parent, and names no customer. */
    private void assertNoOrphans() {
        Eventually.await().untilAsserted(() -> assertThat(edges(trace)).noneMatch(edge -> edge.startsWith("orphan")));
        var all = spans.trace(trace);
        assertThat(all).extracting(RecordedSpan::id).doesNotHaveDuplicates();
        assertThat(all).extracting(RecordedSpan::content).noneMatch(content -> content.contains("@"));
    }

    private List<String> edges(String traceId) {
        return spans.edges(traceId, CLIENT);
    }

    private Order place(PaymentMethod method, String traceId, String flags) {
        return place(method, Map.of("traceparent", traceparent(traceId, flags)));
    }

    private Order placeWithin(String millis) {
        return place(
                PaymentMethod.CARD, Map.of("traceparent", traceparent(trace, "01"), "X-Request-Timeout-Ms", millis));
    }

    private Order place(PaymentMethod method, Map<String, String> headers) {
        var order = new NewOrder("customer", List.of(new NewOrder.Line(shop.newProduct(10), 1)), method);
        var response = json.postWith(headers, shop.orders(), order);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return json.read(response, Order.class);
    }

    private void cancel(Order order) {
        var uri = URI.create(shop.orders() + "/" + order.orderId() + "/cancel");
        var response = json.postWith(Map.of("traceparent", traceparent(trace, "01")), uri, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    }

    private static String newTrace() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static String traceparent(String traceId, String flags) {
        return "00-" + traceId + "-" + CLIENT + "-" + flags;
    }
}
