package dev.orderflow.order.ordering;

import static dev.orderflow.order.OrderClient.line;
import static dev.orderflow.order.OrderClient.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.wire.StoredHeaders;
import dev.orderflow.events.Money;
import dev.orderflow.events.payment.PaymentCompleted;
import dev.orderflow.events.payment.PaymentDeclined;
import dev.orderflow.events.shipping.ShipmentDispatched;
import dev.orderflow.events.stock.Shortage;
import dev.orderflow.events.stock.StockRejected;
import dev.orderflow.events.stock.StockReserved;
import dev.orderflow.events.timer.PaymentDue;
import dev.orderflow.events.timer.PaymentDue.Step;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderServiceTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Orders that nobody pays, and the timers of all others. */
@OrderServiceTest
class PaymentTimeoutIT {

    private static final String PLACED = "placed.v1";
    private static final String PLACED_V2 = "placed.v2";
    private static final String RESERVED = "reserved.v1";
    private static final String UNPAID = "unpaid.v1";
    private static final String PAID = "paid.v1";
    private static final String CANCELLED = "cancelled.v1";
    private static final String TIMER = "paymentdue.v1";
    private static final Money PRICE = Money.of("2.55", "GBP");

    @Autowired
    OrderClient client;

    @Autowired
    OrderEventHandlers handlers;

    @Autowired
    OrderDeadlines deadlines;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    UUID id;

    @BeforeEach
    void placeAnOrder() {
        id = client.placeOne("late");
    }

    @Test
    void aReservedOrderThatNobodyPaysIsCancelledAfterAReminder() {
        reserve();
        assertThat(untilDue()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));

        letTheTimerRunOut();
        awaitNextTimer();
        assertThat(events()).containsExactly(PLACED, PLACED_V2, RESERVED, TIMER, UNPAID);
        assertThat(untilDue()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        assertThat(client.get(id).<String>get("$.status")).isEqualTo("RESERVED");

        letTheTimerRunOut();
        assertThat(awaitCancelled()).isEqualTo("PAYMENT_TIMEOUT");
        assertThat(events())
                .containsExactly(PLACED, PLACED_V2, RESERVED, TIMER, UNPAID, TIMER, CANCELLED)
                .isEqualTo(eventsAfterAnotherRound());
        assertThat(timers()).isZero();
    }

    /** Its customer cannot do anything about it. */
    @Test
    void anOrderThatIsNotReservedIsCancelledWithoutAReminder() {
        letTheTimerRunOut();
        awaitNextTimer();
        letTheTimerRunOut();

        assertThat(awaitCancelled()).isEqualTo("PAYMENT_TIMEOUT");
        assertThat(events()).containsExactly(PLACED, PLACED_V2, TIMER, TIMER, CANCELLED);
    }

    @Test
    void theCancellationBelongsToTheFlowOfTheOrder() {
        letTheTimerRunOut();
        awaitNextTimer();
        letTheTimerRunOut();
        awaitCancelled();

        assertThat(headers("ce_correlationid")).containsOnly(id.toString());
        assertThat(headers("ce_intent").subList(2, 5))
                .containsExactly("payment_timeout", "payment_timeout", "order_cancellation");
        assertThat(headers("ce_causationid").getLast()).isEqualTo(eventIds().get(3));
    }

    @Test
    void thePaymentEndsTheTimer() {
        reserve();
        answer(new PaymentCompleted(id, PRICE, "pay", Instant.EPOCH), handlers::paid);

        assertThat(timers()).isZero();
    }

    @Test
    void whateverCancelsTheOrderEndsTheTimer() {
        answer(new StockRejected(id, List.of(new Shortage("LAMP", 1, 0)), Instant.EPOCH), handlers::rejected);
        assertThat(timers()).as("out of stock").isZero();

        placeAnOrder();
        reserve();
        answer(new PaymentDeclined(id, PRICE, "no", Instant.EPOCH), handlers::declined);
        assertThat(timers()).as("declined").isZero();

        placeAnOrder();
        client.cancel(id);
        assertThat(timers()).as("cancelled by the customer").isZero();

        id = client.place(order("hasty", line("LAMP", 1)), null, Map.of("X-Request-Timeout-Ms", "86400000"))
                .orderId();
        assertThat(timers()).isEqualTo(1);
        jdbc.sql("UPDATE orders SET deadline = now() - interval '1 second' WHERE id = ?")
                .param(id)
                .update();
        deadlines.run();
        assertThat(awaitCancelled()).isEqualTo("DEADLINE_PASSED");
        assertThat(timers()).as("not paid by its deadline").isZero();
    }

    @Test
    void aTransactionThatIsRolledBackEndsNoTimer() {
        reserve();
        transaction.executeWithoutResult(status -> {
            apply(new PaymentCompleted(id, PRICE, "pay", Instant.EPOCH), handlers::paid);
            status.setRollbackOnly();
        });

        assertThat(timers()).isEqualTo(1);
    }

    /** The event was published just before the order was paid, or is handled after it. */
    @Test
    void aTimerThatCrossesThePaymentChangesNothing() {
        reserve();
        answer(new PaymentCompleted(id, PRICE, "pay", Instant.EPOCH), handlers::paid);

        answer(new PaymentDue(id, Step.REMINDER), handlers::due);
        answer(new PaymentDue(id, Step.TIMEOUT), handlers::due);

        assertThat(client.get(id).<String>get("$.status")).isEqualTo("PAID");
        assertThat(events()).containsExactly(PLACED, PLACED_V2, RESERVED, PAID);
        assertThat(timers()).isZero();

        answer(new ShipmentDispatched(id, "trk_1", Instant.EPOCH), handlers::shipped);
        answer(new PaymentDue(id, Step.REMINDER), handlers::due);
        answer(new PaymentDue(id, Step.TIMEOUT), handlers::due);
        assertThat(client.get(id).<String>get("$.status")).isEqualTo("SHIPPED");
        assertThat(timers()).isZero();
    }

    @Test
    void answersAfterTheTimeOutChangeNothing() {
        answer(new PaymentDue(id, Step.TIMEOUT), handlers::due);

        reserve();
        answer(new PaymentCompleted(id, PRICE, "pay", Instant.EPOCH), handlers::paid);

        assertThat(client.get(id).<String>get("$.status")).isEqualTo("CANCELLED");
        assertThat(events()).containsExactly(PLACED, PLACED_V2, CANCELLED);
    }

    /** The orders of a batch of answers, whose timers end together. */
    @Test
    void theTimersOfABatchEndTogether() {
        var others = List.of(client.placeOne("batch"), client.placeOne("batch"));
        transaction.executeWithoutResult(status -> {
            var rejections = others.stream()
                    .map(each -> new StockRejected(each, List.of(new Shortage("LAMP", 1, 0)), Instant.EPOCH))
                    .toList();
            handlers.lockOrders(List.copyOf(rejections));
            rejections.forEach(handlers::rejected);
        });

        assertThat(others).allSatisfy(each -> assertThat(timers(each)).isZero());
        assertThat(timers()).isEqualTo(1);
    }

    private void reserve() {
        answer(new StockReserved(id, Instant.EPOCH), handlers::reserved);
    }

    private <E extends DomainEvent> void answer(E event, Consumer<E> handler) {
        transaction.executeWithoutResult(status -> apply(event, handler));
    }

    private <E extends DomainEvent> void apply(E event, Consumer<E> handler) {
        handlers.lockOrders(List.of(event));
        handler.accept(event);
    }

    private void letTheTimerRunOut() {
        assertThat(jdbc.sql("UPDATE scheduled_event SET due = now() WHERE key = ?")
                        .param(id.toString())
                        .update())
                .isEqualTo(1);
    }

    private Duration untilDue() {
        return Duration.ofMillis(
                jdbc.sql("SELECT (extract(epoch FROM due - now()) * 1000)::bigint FROM scheduled_event WHERE key = ?")
                        .param(id.toString())
                        .query(Long.class)
                        .single());
    }

    /** Returns when the timer that has run out is replaced by the next one. */
    private void awaitNextTimer() {
        await().until(() ->
                jdbc.sql("SELECT count(*) FROM scheduled_event WHERE key = ? AND due > now() + interval '1 minute'")
                                .param(id.toString())
                                .query(Long.class)
                                .single()
                        == 1);
    }

    private String awaitCancelled() {
        return await().until(
                        () -> client.get("/api/orders/" + id + "?await=CANCELLED&timeout=10s"),
                        answer -> answer.<String>get("$.status").equals("CANCELLED"))
                .get("$.reason");
    }

    private long timers() {
        return timers(id);
    }

    private long timers(UUID of) {
        return jdbc.sql("SELECT count(*) FROM scheduled_event WHERE key = ?")
                .param(of.toString())
                .query(Long.class)
                .single();
    }

    /** Returns the types of the order's events, without what they have in common. */
    private List<String> events() {
        return jdbc.sql(
                        "SELECT regexp_replace(type, 'dev.orderflow.[a-z]+.', '') FROM outbox WHERE key = ? ORDER BY id")
                .param(id.toString())
                .query(String.class)
                .list();
    }

    /** Returns the events after the service has published and consumed the timer of another order. */
    private List<String> eventsAfterAnotherRound() {
        var timedOut = id;
        placeAnOrder();
        letTheTimerRunOut();
        awaitNextTimer();
        id = timedOut;
        return events();
    }

    private List<String> eventIds() {
        return jdbc.sql("SELECT event_id::text FROM outbox WHERE key = ? ORDER BY id")
                .param(id.toString())
                .query(String.class)
                .list();
    }

    private List<String> headers(String name) {
        return jdbc.sql("SELECT headers FROM outbox WHERE key = ? ORDER BY id")
                .param(id.toString())
                .query((row, number) -> StoredHeaders.read(row.getBytes("headers")).stream()
                        .filter(header -> header.key().equals(name))
                        .map(header -> new String(header.value(), UTF_8))
                        .findFirst()
                        .orElse("none"))
                .list();
    }
}
