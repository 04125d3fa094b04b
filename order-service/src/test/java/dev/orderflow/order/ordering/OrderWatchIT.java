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
import static org.awaitility.Awaitility.await;

import dev.orderflow.events.Money;
import dev.orderflow.events.payment.PaymentCompleted;
import dev.orderflow.events.stock.StockReserved;
import dev.orderflow.order.AnswersFromOthers;
import dev.orderflow.order.OrderCalls;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderServiceTest;
import dev.orderflow.order.api.v1.OrderServiceGrpc;
import dev.orderflow.order.api.v1.OrderStatus;
import dev.orderflow.order.api.v1.StatusChange;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
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

    @Autowired
    MeterRegistry meters;

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

    /** An interrupt would close the connection on which the query runs. */
    @Test
    void aWatchThatIsCancelledDuringAQueryKeepsTheDatabaseConnection() {
        var id = id(calls.stub(Map.of()).place(order("watching", line("LAMP", 1))));
        var watch = Context.current().withCancellation();

        var reading = transaction.execute(status -> {
            jdbc.sql("LOCK TABLE order_status_change IN ACCESS EXCLUSIVE MODE").update();
            watch.run(() -> OrderServiceGrpc.newStub(calls.channel()).watch(watch(id.toString()), new Ignoring()));
            var blocked = await().until(this::blockedBackends, found -> !found.isEmpty());
            watch.cancel(null);
            await().until(() -> meters.get("orders.grpc.calls.open").gauge().value() == 0);
            return blocked;
        });

        await().during(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(backends()).containsAll(reading));
    }

    private List<Integer> blockedBackends() {
        return jdbc.sql("SELECT pid FROM pg_locks WHERE relation = 'order_status_change'::regclass AND NOT granted")
                .query(Integer.class)
                .list();
    }

    private List<Integer> backends() {
        return jdbc.sql("SELECT pid FROM pg_stat_activity").query(Integer.class).list();
    }

    /** A client that will have gone. */
    private static final class Ignoring implements StreamObserver<StatusChange> {

        @Override
        public void onNext(StatusChange change) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }

    private static List<OrderStatus> statuses(Iterator<StatusChange> changes) {
        var statuses = new ArrayList<OrderStatus>();
        changes.forEachRemaining(change -> statuses.add(change.getStatus()));
        return statuses;
    }
}
