package dev.orderflow.order.ordering;

import static dev.orderflow.order.OrderClient.line;
import static dev.orderflow.order.OrderClient.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.wire.StoredHeaders;
import dev.orderflow.events.Money;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.events.payment.PaymentCompleted;
import dev.orderflow.events.stock.StockReserved;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderClient.Answer;
import dev.orderflow.order.OrderServiceTest;
import dev.orderflow.order.lifecycle.OrderStatus;
import dev.orderflow.order.ownership.Ownership;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Orders that are not paid by their deadlines. */
@OrderServiceTest
class OrderDeadlinesIT {

    private static final Ownership OWNER = new Ownership("demo", null, "");

    private static final String PLACED = "dev.orderflow.order.placed.v1";
    private static final String PLACED_V2 = "dev.orderflow.order.placed.v2";
    private static final String RESERVED = "dev.orderflow.order.reserved.v1";
    private static final String CANCELLED = "dev.orderflow.order.cancelled.v1";
    private static final Money PRICE = Money.of("2.55", "GBP");

    @Autowired
    OrderClient client;

    @Autowired
    OrderDeadlines deadlines;

    @Autowired
    OrderPlacement placement;

    @Autowired
    OrderEventHandlers handlers;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void fillCatalog() {
        client.putProduct("LAMP", "2.55");
    }

    @Test
    void anOrderThatIsNotPaidInTimeIsCancelled() {
        var id = placeWithin(300);

        var answer = awaitCancelled(id);

        assertThat(answer.<String>get("$.reason")).isEqualTo("DEADLINE_PASSED");
        assertThat(answer.<List<String>>get("$.history[*].status")).containsExactly("PLACED", "CANCELLED");
        assertThat(outbox(id)).containsExactly(PLACED, PLACED_V2, CANCELLED);
    }

    @Test
    void theCancellationBelongsToTheFlowAndTheTraceOfTheRequest() {
        var trace = UUID.randomUUID().toString().replace("-", "");
        var id = client.place(
                        order("hasty", line("LAMP", 1)),
                        null,
                        Map.of(
                                "X-Request-Timeout-Ms",
                                "86400000",
                                "X-EO-Causation-ID",
                                "campaign-7",
                                "traceparent",
                                "00-" + trace + "-b7ad6b7169203331-01",
                                "tracestate",
                                "vendor=value"))
                .orderId();
        pass(List.of(id));
        awaitCancelled(id);

        assertThat(headers(id, "ce_causationid")).containsExactly("campaign-7", "campaign-7", "campaign-7");
        assertThat(headers(id, "tracestate")).containsExactly("vendor=value", "vendor=value", "vendor=value");
        assertThat(headers(id, "traceparent"))
                .hasSize(3)
                .allSatisfy(traceparent -> assertThat(traceparent).startsWith("00-" + trace));
        assertThat(headers(id, "ce_correlationid")).containsExactly(id.toString(), id.toString(), id.toString());
        assertThat(headers(id, "ce_deadline").getLast()).isEqualTo("none");
    }

    /** The instance that placed it did not store its context. */
    @Test
    void anOrderWithoutAContextIsCancelledToo() {
        var id = placeWithin(86_400_000);
        jdbc.sql("UPDATE orders SET deadline_causation_id = NULL, deadline_traceparent = NULL WHERE id = :id")
                .param("id", id)
                .update();
        pass(List.of(id));

        assertThat(awaitCancelled(id).<String>get("$.reason")).isEqualTo("DEADLINE_PASSED");
    }

    @Test
    void anOrderWithoutADeadlineWaits() {
        var id = client.placeOne("patient");

        deadlines.run();

        assertThat(client.get(id).<String>get("$.status")).isEqualTo("PLACED");
    }

    @Test
    void aPaidOrderStaysPaid() {
        var id = placeWithin(86_400_000);
        answer(new StockReserved(id, Instant.EPOCH), handlers::reserved);
        answer(new PaymentCompleted(id, PRICE, "pay", Instant.EPOCH), handlers::paid);

        pass(List.of(id));
        deadlines.run();

        assertThat(client.get(id).<String>get("$.status")).isEqualTo("PAID");
    }

    /** It is not charged after its time-out, however long its client would wait. A paid order has no deadline. */
    @Test
    void aReservedOrderHasADeadlineUntilItIsPaid() {
        var id = placeWithin(86_400_000);
        answer(new StockReserved(id, Instant.EPOCH), handlers::reserved);
        answer(new PaymentCompleted(id, PRICE, "pay", Instant.EPOCH), handlers::paid);

        var placedAt = Instant.parse(client.get(id).<String>get("$.placedAt"));
        var deadlines = headers(id, "ce_deadline");
        assertThat(Instant.parse(deadlines.get(2))).isEqualTo(placedAt.plusSeconds(990));
        assertThat(deadlines.get(3)).isEqualTo("none");
    }

    @Test
    void aPaymentAfterTheDeadlineChangesNothing() {
        var id = placeWithin(86_400_000);
        answer(new StockReserved(id, Instant.EPOCH), handlers::reserved);
        pass(List.of(id));
        awaitCancelled(id);

        answer(new PaymentCompleted(id, PRICE, "pay", Instant.EPOCH), handlers::paid);

        assertThat(client.get(id).<String>get("$.status")).isEqualTo("CANCELLED");
        assertThat(outbox(id)).containsExactly(PLACED, PLACED_V2, RESERVED, CANCELLED);
    }

    /** The payment has locked the order when the deadline passes, and commits afterwards. */
    @Test
    void aPaymentThatCompletesAtThisMomentWins() {
        var id = placeWithin(5_000);
        answer(new StockReserved(id, Instant.EPOCH), handlers::reserved);
        var completed = new PaymentCompleted(id, PRICE, "pay", Instant.EPOCH);
        transaction.executeWithoutResult(status -> {
            handlers.lockOrders(List.of(completed));
            await().until(() -> isDue(id));
            runInAnotherThread();
            handlers.paid(completed);
        });
        deadlines.run();

        assertThat(client.get(id).<String>get("$.status")).isEqualTo("PAID");
        assertThat(outbox(id)).doesNotContain(CANCELLED);
    }

    @Test
    void manyInstancesCancelEachOrderOnce() {
        var ids = Stream.generate(() -> placeWithin(86_400_000))
                .limit(2 * OrderDeadlines.AT_ONCE / 3)
                .toList();
        pass(ids);
        try (var instances = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 3).forEach(number -> instances.submit(deadlines::run));
        }

        assertThat(ids).allSatisfy(id -> {
            awaitCancelled(id);
            assertThat(outbox(id)).containsExactly(PLACED, PLACED_V2, CANCELLED);
        });
    }

    /** The first answer is repeated, with the deadline of the first request. */
    @Test
    void aRepeatedRequestDoesNotExtendTheDeadline() {
        var key = UUID.randomUUID().toString();
        var body = order("hasty", line("LAMP", 1));
        var id = client.place(body, key, Map.of("X-Request-Timeout-Ms", "300")).orderId();

        assertThat(client.place(body, key, Map.of("X-Request-Timeout-Ms", "86400000"))
                        .orderId())
                .isEqualTo(id);

        assertThat(awaitCancelled(id).<String>get("$.reason")).isEqualTo("DEADLINE_PASSED");
    }

    /** The request has waited for longer than its client does. */
    @Test
    void anOrderWhoseTimeIsOverIsNotPlaced() {
        var key = UUID.randomUUID().toString();
        var lamp = new NewOrder("hasty", List.of(new NewOrder.Line("LAMP", 1)), PaymentMethod.CARD);
        var over = new EventContext(null, null, null, null, EventPriority.NORMAL, Instant.now(), null, null);
        try (var _ = over.open()) {
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> placement.place(OWNER, lamp, key))
                    .returns("deadline_passed", Refusal::code);
        }

        assertThat(placement.place(OWNER, lamp, key).status())
                .as("the order of the next request with this key")
                .isEqualTo(OrderStatus.PLACED);
    }

    private UUID placeWithin(int millis) {
        return client.place(
                        order("hasty", line("LAMP", 1)), null, Map.of("X-Request-Timeout-Ms", Integer.toString(millis)))
                .orderId();
    }

    private Answer awaitCancelled(UUID id) {
        return await().until(
                        () -> client.get("/api/orders/" + id + "?await=CANCELLED&timeout=10s"),
                        answer -> answer.<String>get("$.status").equals("CANCELLED"));
    }

    private boolean isDue(UUID id) {
        return jdbc.sql("SELECT deadline < clock_timestamp() FROM orders WHERE id = :id")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    /** Lets the deadlines pass. */
    private void pass(List<UUID> ids) {
        jdbc.sql("UPDATE orders SET deadline = now() - interval '1 second' WHERE id IN (:ids)")
                .param("ids", ids)
                .update();
    }

    private <E extends DomainEvent> void answer(E event, Consumer<E> handler) {
        transaction.executeWithoutResult(status -> {
            handlers.lockOrders(List.of(event));
            handler.accept(event);
        });
    }

    private List<String> outbox(UUID orderId) {
        return jdbc.sql("SELECT type FROM outbox WHERE key = :key ORDER BY id")
                .param("key", orderId.toString())
                .query(String.class)
                .list();
    }

    /** Returns a header of each of the order's events; "none" for an event without it. */
    private List<String> headers(UUID orderId, String name) {
        return jdbc.sql("SELECT headers FROM outbox WHERE key = :key ORDER BY id")
                .param("key", orderId.toString())
                .query((row, number) -> StoredHeaders.read(row.getBytes("headers")).stream()
                        .filter(header -> header.key().equals(name))
                        .map(header -> new String(header.value(), UTF_8))
                        .findFirst()
                        .orElse("none"))
                .list();
    }

    /** Returns when the run has ended, which must not wait for the caller's transaction. */
    private void runInAnotherThread() {
        try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
            thread.submit(deadlines::run);
        }
    }
}
