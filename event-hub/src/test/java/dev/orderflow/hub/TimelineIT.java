package dev.orderflow.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Timelines over HTTP. */
class TimelineIT extends HubFixture {

    private static final Instant START = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private final List<HubRecord> life = new ArrayList<>();

    @Test
    void anOrdersLifeIsShownInCausalOrderWithItsDeadLetterAndReplay() {
        var placed = add("order-events", "order.placed.v2", "order-service", 1, "request", 0);
        // The clock of inventory is behind.
        var stock = add("inventory-events", "stock.reserved.v1", "inventory-service", 1, placed, -60);
        var reserved = add("order-events", "order.reserved.v1", "order-service", 2, stock, 2);
        var payment = add("payment-events", "payment.completed.v1", "payment-service", 1, reserved, 3);
        var paid = add("order-events", "order.paid.v1", "order-service", 3, payment, 4);
        var committed = add("inventory-events", "stock.committed.v1", "inventory-service", 2, paid, -55);
        var dispatched = add("shipping-events", "shipment.dispatched.v1", "shipping-service", 1, paid, 5);
        var shipped = add("order-events", "order.shipped.v1", "order-service", 4, dispatched, 6);
        var delivered = add("shipping-events", "shipment.delivered.v1", "shipping-service", 2, shipped, 7);
        var end = add("order-events", "order.delivered.v1", "order-service", 5, delivered, 8);
        HubTopics.send(life.toArray(HubRecord[]::new));
        var failed = life.get(2);
        HubTopics.send(failed.copy("payment-service.retry-1", "retry_topic", "order-events", "retry_hop", "1")
                .at(START.plusSeconds(3)));
        HubTopics.send(failed.copy("payment-service.retry-2", "retry_topic", "order-events", "retry_hop", "2")
                .at(START.plusSeconds(4)));
        HubTopics.send(failed.copy(
                        "payment-service.dlt",
                        "dead_topic",
                        "order-events",
                        "dead_handler",
                        "Payments.authorize",
                        "dead_exception",
                        "java.lang.IllegalStateException")
                .at(START.plusSeconds(5)));
        awaitSighted(key, 13);
        assertThat(outcome(get(), reserved)).isEqualTo("DEAD");

        HubTopics.send(failed.copy("payment-service.retry-1", "retry_topic", "order-events", "retry_hop", "1")
                .at(START.plusSeconds(6)));
        awaitSighted(key, 14);
        var timeline = get();

        assertThat(timeline.get("status").asString()).isEqualTo("DELIVERED");
        assertThat(timeline.get("pending").isEmpty()).isTrue();
        assertThat(timeline.get("losses").isEmpty()).isTrue();
        assertThat(ids(timeline)).hasSize(10).startsWith(placed, stock, reserved, payment, paid);
        assertThat(ids(timeline)).containsSubsequence(paid, dispatched, shipped, delivered, end);
        assertThat(ids(timeline)).containsSubsequence(paid, committed);
        assertThat(step(timeline, reserved).get("cause").asString()).isEqualTo(stock);
        assertThat(step(timeline, placed).get("cause").isNull()).isTrue();
        assertThat(step(timeline, placed).get("place").get("topic").asString()).isEqualTo("order-events");
        assertThat(step(timeline, placed).get("outboxWaitMillis").asLong()).isEqualTo(500);
        assertThat(outcome(timeline, reserved)).isEqualTo("REPLAYED");
        var attempts = step(timeline, reserved).get("consumers").get(0).get("attempts");
        assertThat(attempts.valueStream()
                        .map(attempt -> attempt.get("place").get("topic").asString()))
                .containsExactly(
                        "payment-service.retry-1",
                        "payment-service.retry-2",
                        "payment-service.dlt",
                        "payment-service.retry-1");
        assertThat(attempts.get(2).get("handler").asString()).isEqualTo("Payments.authorize");
        assertThat(attempts.get(2).get("exception").asString()).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void aMissingSequenceIsALossAndALateStartIsNone() {
        add("order-events", "order.reserved.v1", "order-service", 4, "unknown", 0);
        add("order-events", "order.paid.v1", "order-service", 5, "unknown", 1);
        add("order-events", "order.shipped.v1", "order-service", 8, "unknown", 2);
        HubTopics.send(life.toArray(HubRecord[]::new));
        awaitStored(key, 3);

        var losses = get().get("losses");

        assertThat(losses.size()).isEqualTo(1);
        assertThat(losses.get(0).get("first").asLong()).isEqualTo(6);
        assertThat(losses.get(0).get("last").asLong()).isEqualTo(7);
        assertThat(losses.get(0).get("source").asString()).isEqualTo("order-service");

        add("order-events", "order.unpaid.v1", "order-service", 6, "unknown", 3);
        HubTopics.send(life.getLast());
        awaitStored(key, 4);
        assertThat(get().get("losses").get(0).get("first").asLong()).isEqualTo(7);
    }

    @Test
    void eventsOfOtherKeysBelongToItIfItsEventsHaveCausedThem() {
        var flow = HubRecord.newKey();
        var other = HubRecord.newKey();
        var placed = HubRecord.of("order-events", "dev.orderflow.order.placed.v2", "order-service", key)
                .within(flow, "request", null);
        var caused = HubRecord.of("customer-events", "dev.orderflow.customer.erased.v1", "order-service", other)
                .within(flow, placed.id(), null);
        var indirect = HubRecord.of("customer-events", "dev.orderflow.customer.erased.v1", "order-service", other)
                .sequence(2)
                .within(flow, caused.id(), null);
        var unrelated = HubRecord.of("customer-events", "dev.orderflow.customer.erased.v1", "order-service", other)
                .sequence(3)
                .within(flow, "another request", null);
        HubTopics.send(placed, caused, indirect, unrelated);
        awaitStored(key, 1);
        awaitStored(other, 3);

        assertThat(ids(get())).containsExactly(placed.id(), caused.id(), indirect.id());
        assertThat(get().get("pending").get(0).get("type").asString()).isEqualTo("dev.orderflow.stock.reserved");
    }

    @Test
    void anUnknownOrderHasNoTimeline() {
        http().get()
                .uri("/api/timelines/" + key)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("timeline_not_found");
    }

    /** Adds an event that was recorded half a second after it happened; returns its id. */
    private String add(String topic, String type, String source, long sequence, String cause, long second) {
        var event = HubRecord.of(topic, "dev.orderflow." + type, source, key)
                .happened(START.plusSeconds(second))
                .sequence(sequence)
                .within(key, cause, null)
                .at(START.plusSeconds(second).plusMillis(500));
        life.add(event);
        return event.id();
    }

    private JsonNode get() {
        var body = http().get()
                .uri("/api/timelines/" + key)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return JsonMapper.shared().readTree(body);
    }

    private static List<String> ids(JsonNode timeline) {
        return timeline.get("steps")
                .valueStream()
                .map(step -> step.get("id").asString())
                .toList();
    }

    private static JsonNode step(JsonNode timeline, String id) {
        return timeline.get("steps")
                .valueStream()
                .filter(step -> step.get("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String outcome(JsonNode timeline, String id) {
        return step(timeline, id).get("consumers").get(0).get("outcome").asString();
    }
}
