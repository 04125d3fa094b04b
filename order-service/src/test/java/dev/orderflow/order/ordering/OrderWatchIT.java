package dev.orderflow.order.ordering;

import static dev.orderflow.order.OrderCalls.cancel;
import static dev.orderflow.order.OrderCalls.id;
import static dev.orderflow.order.OrderCalls.line;
import static dev.orderflow.order.OrderCalls.order;
import static dev.orderflow.order.OrderCalls.watch;
import static dev.orderflow.order.api.v1.OrderStatus.ORDER_STATUS_CANCELLED;
import static dev.orderflow.order.api.v1.OrderStatus.ORDER_STATUS_PAID;
import static dev.orderflow.order.api.v1.OrderStatus.ORDER_STATUS_PLACED;
import static dev.orderflow.order.api.v1.OrderStatus.ORDER_STATUS_RESERVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.Money;
import dev.orderflow.events.payment.PaymentCompleted;
import dev.orderflow.events.stock.StockReserved;
import dev.orderflow.order.AnswersFromOthers;
import dev.orderflow.order.OrderCalls;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderServiceTest;
import dev.orderflow.order.api.v1.OrderStatus;
import dev.orderflow.order.api.v1.StatusChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@OrderServiceTest
@Timeout(120)
class OrderWatchIT {

    private static final Instant AT = Instant.parse("2026-11-21T09:00:00Z");

    @Autowired
    OrderCalls calls;

    @Autowired
    OrderClient client;

    @Autowired
    AnswersFromOthers others;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @BeforeEach
    void fillCatalog() {
        client.putProduct("LAMP", "2.55");
    }

    @Test
    void aWatchSeesEachStatusToTheEnd() {
        var id = id(calls.stub(Map.of()).place(order("watching", line("LAMP", 1))));

        var changes = calls.stub().watch(watch(id.toString()));

        assertThat(changes.next().getStatus()).isEqualTo(ORDER_STATUS_PLACED);
        others.publish(new StockReserved(id, AT));
        assertThat(changes.next().getStatus()).isEqualTo(ORDER_STATUS_RESERVED);
        others.publish(new PaymentCompleted(id, Money.of("2.55", "GBP"), "pay_1", AT));
        assertThat(changes.next().getStatus()).isEqualTo(ORDER_STATUS_PAID);
        assertThat(changes.hasNext()).isFalse();
    }

    /** Another instance of the service changes the database and cannot tell this one. */
    @Test
    void aWatchSeesWhatAnotherInstanceCommits() {
        var id = id(calls.stub(Map.of()).place(order("watching", line("LAMP", 1))));
        var changes = calls.stub().watch(watch(id.toString()));
        assertThat(changes.next().getStatus()).isEqualTo(ORDER_STATUS_PLACED);

        transaction.executeWithoutResult(status -> {
            jdbc.sql("UPDATE orders SET status = 'PAID', version = version + 2 WHERE id = :id")
                    .param("id", id)
                    .update();
            jdbc.sql("""
                    INSERT INTO order_status_change (order_id, position, status, at)
                    VALUES (:id, 2, 'RESERVED', now()), (:id, 3, 'PAID', now())
                    """).param("id", id).update();
        });

        assertThat(statuses(changes)).containsExactly(ORDER_STATUS_RESERVED, ORDER_STATUS_PAID);
    }

    @Test
    void aWatchOfAFinalOrderEndsAtOnce() {
        var placed = calls.stub(Map.of()).place(order("watching", line("LAMP", 1)));
        calls.stub().cancel(cancel(placed.getOrderId()));

        assertThat(statuses(calls.stub().watch(watch(placed.getOrderId())))).containsExactly(ORDER_STATUS_CANCELLED);
    }

    private static List<OrderStatus> statuses(Iterator<StatusChange> changes) {
        var statuses = new ArrayList<OrderStatus>();
        changes.forEachRemaining(change -> statuses.add(change.getStatus()));
        return statuses;
    }
}
