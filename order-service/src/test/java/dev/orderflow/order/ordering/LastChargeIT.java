package dev.orderflow.order.ordering;

import static dev.orderflow.order.OrderClient.line;
import static dev.orderflow.order.OrderClient.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.events.Money;
import dev.orderflow.events.payment.PaymentDeclined;
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
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Orders near the end of the time in which they are charged: 16.5 minutes after their placement. */
@OrderServiceTest
class LastChargeIT {

    private static final Duration TIME_TO_CHARGE = Duration.ofSeconds(990);
    private static final Money PRICE = Money.of("2.55", "GBP");

    @Autowired
    OrderClient client;

    @Autowired
    OrderEventHandlers handlers;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Test
    void anOrderWhoseBankDeclinesIsDeclined() {
        var id = reserved(client.placeOne("declined"));
        var deadline = placedAt(id).plus(TIME_TO_CHARGE);

        declined(id, deadline.minusNanos(1), deadline);

        assertThat(reason(id)).isEqualTo("PAYMENT_DECLINED");
    }

    /** Tests an answer that overtakes a time-out that is late. */
    @Test
    void anOrderWhoseChargeWasClosedHasTimedOut() {
        var id = reserved(client.placeOne("closed"));
        var deadline = placedAt(id).plus(TIME_TO_CHARGE);

        declined(id, deadline, deadline);

        assertThat(reason(id)).isEqualTo("PAYMENT_TIMEOUT");
    }

    @Test
    void anOrderWhoseChargeWasClosedAfterItsClientsDeadlineHasPassedThat() {
        var request = Map.of("X-Request-Timeout-Ms", "86400000");
        var id = reserved(
                client.place(order("hasty", line("LAMP", 1)), null, request).orderId());
        var deadline = placedAt(id).plusSeconds(60);

        declined(id, deadline.plusSeconds(1), deadline);

        assertThat(reason(id)).isEqualTo("DEADLINE_PASSED");
    }

    @Test
    void theTimeAfterALateReminderEndsWithCharging() {
        var id = reserved(client.placeOne("late"));
        passes(id, Duration.ofMinutes(14));

        remind(id);

        assertThat(jdbc.sql("SELECT due < now() + interval '150 seconds' FROM scheduled_event WHERE key = ?")
                        .param(id.toString())
                        .query(Boolean.class)
                        .list())
                .containsOnly(true);
        assertThat(client.get(id).<String>get("$.status")).isEqualTo("RESERVED");
    }

    @Test
    void anOrderIsCancelledInsteadOfRemindedOfAfterCharging() {
        var id = reserved(client.placeOne("later"));
        passes(id, TIME_TO_CHARGE);

        remind(id);

        assertThat(reason(id)).isEqualTo("PAYMENT_TIMEOUT");
        assertThat(jdbc.sql("SELECT count(*) FROM outbox WHERE key = ? AND type LIKE '%unpaid%'")
                        .param(id.toString())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private UUID reserved(UUID id) {
        answer(new StockReserved(id, Instant.EPOCH), handlers::reserved);
        return id;
    }

    private void declined(UUID id, Instant at, Instant deadline) {
        try (var _ = EventContext.current().until(deadline).open()) {
            answer(new PaymentDeclined(id, PRICE, "no", at), handlers::declined);
        }
    }

    /** Delivers the reminder in place of the scheduled one. */
    private void remind(UUID id) {
        jdbc.sql("DELETE FROM scheduled_event WHERE key = ?")
                .param(id.toString())
                .update();
        answer(new PaymentDue(id, Step.REMINDER), handlers::due);
    }

    private <E extends DomainEvent> void answer(E event, Consumer<E> handler) {
        transaction.executeWithoutResult(status -> {
            handlers.lockOrders(List.of(event));
            handler.accept(event);
        });
    }

    private void passes(UUID id, Duration time) {
        jdbc.sql("UPDATE orders SET placed_at = placed_at - :seconds * interval '1 second' WHERE id = :id")
                .param("seconds", time.toSeconds())
                .param("id", id)
                .update();
    }

    private Instant placedAt(UUID id) {
        return Instant.parse(client.get(id).<String>get("$.placedAt"));
    }

    private String reason(UUID id) {
        return client.get(id).get("$.reason");
    }
}
