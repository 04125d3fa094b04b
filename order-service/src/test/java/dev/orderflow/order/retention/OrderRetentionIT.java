package dev.orderflow.order.retention;

import static dev.orderflow.order.OrderClient.line;
import static dev.orderflow.order.OrderClient.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderServiceTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@OrderServiceTest
class OrderRetentionIT {

    private static final Duration RETENTION = Duration.ofDays(3653);
    private static final String REFERENCE = "(SELECT reference FROM customer WHERE id = :id)";

    @Autowired
    OrderClient client;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void fillCatalog() {
        client.putProduct("LAMP", "2.55");
    }

    @Test
    void oldFinalOrdersAreDeletedWithTheirLinesAndHistories() {
        var old = place("PAID", 3700);
        var cancelled = place("CANCELLED", 3700);
        var young = place("PAID", 3600);
        var open = place("PLACED", 3700);

        retention(Optional.of(Instant.now().minus(RETENTION))).run();

        assertThat(rows(old)).isZero();
        assertThat(rows(cancelled)).isZero();
        assertThat(rows(young)).isEqualTo(3);
        assertThat(rows(open)).isEqualTo(3);
        assertThat(meters.get("orders.expired").counter().count()).isEqualTo(2);
        makeYoung(open);
    }

    @Test
    void aCustomerIsForgottenWithTheLastOrder() {
        var gone = "gone-" + UUID.randomUUID();
        var back = "back-" + UUID.randomUUID();
        place(gone, "PAID", 3700);
        place(back, "PAID", 3700);
        place(back, "PAID", 10);

        retention(Optional.of(Instant.now().minus(RETENTION))).run();

        assertThat(jdbc.sql("SELECT id FROM customer WHERE id IN (:gone, :back)")
                        .param("gone", gone)
                        .param("back", back)
                        .query(String.class)
                        .list())
                .containsExactly(back);
        assertThat(meters.get("orders.customers.expired").counter().count()).isPositive();
    }

    /** Another transaction has the customer locked while the last order is deleted. */
    @Test
    void anOldCustomerWhoKeptNoOrderIsFoundLater() {
        var customer = "left-" + UUID.randomUUID();

        assertFoundLater(customer, () -> lock(customer));
    }

    /** A cancellation of an order that an erasure has made anonymous gives a use back. */
    @Test
    void anOldCustomerWhoseUsesAreLockedIsFoundLater() {
        var customer = "left-" + UUID.randomUUID();

        assertFoundLater(customer, () -> lockCounter(customer));
    }

    private void assertFoundLater(String customer, Runnable lock) {
        var order = place(customer, "PAID", 3700);
        count(customer);
        jdbc.sql("UPDATE customer SET created_at = now() - make_interval(days => 3700) WHERE id = :id")
                .param("id", customer)
                .update();
        var retention = retention(Optional.of(Instant.now().minus(RETENTION)));

        try (var other = Executors.newSingleThreadExecutor()) {
            transaction.executeWithoutResult(status -> {
                lock.run();
                assertThat(other.submit(retention::run)).succeedsWithin(Duration.ofSeconds(90));
            });
        }
        assertThat(rows(order)).isZero();
        assertThat(isKnown(customer)).isTrue();

        retention.run();

        assertThat(isKnown(customer)).isFalse();
    }

    @Test
    void withoutWitnessedTimeNothingIsDeleted() {
        var old = place("PAID", 3700);

        retention(Optional.empty()).run();

        assertThat(rows(old)).isEqualTo(3);
    }

    private OrderRetention retention(Optional<Instant> cutOff) {
        return new OrderRetention(
                jdbc, transaction, retention -> cutOff, new OrderRetentionProperties(RETENTION), meters);
    }

    private UUID place(String status, int days) {
        return place("someone", status, days);
    }

    private UUID place(String customer, String status, int days) {
        var id = client.place(order(customer, line("LAMP", 1)), null).orderId();
        jdbc.sql("UPDATE orders SET status = :status, placed_at = now() - make_interval(days => :days) WHERE id = :id")
                .param("status", status)
                .param("days", days)
                .param("id", id)
                .update();
        return id;
    }

    /** Locks the customer as a transaction does that places an order. */
    private void lock(String customer) {
        jdbc.sql("SELECT id FROM customer WHERE id = :id FOR KEY SHARE")
                .param("id", customer)
                .query(String.class)
                .single();
    }

    private void lockCounter(String customer) {
        jdbc.sql("SELECT id FROM promotion_counter WHERE customer_reference = " + REFERENCE + " FOR KEY SHARE")
                .param("id", customer)
                .query(Long.class)
                .single();
    }

    private void count(String customer) {
        jdbc.sql("INSERT INTO promotion_counter (tenant, promotion_id, customer_reference)"
                        + " VALUES ('demo', gen_random_uuid(), " + REFERENCE + ")")
                .param("id", customer)
                .update();
    }

    private boolean isKnown(String customer) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM customer WHERE id = :id)")
                .param("id", customer)
                .query(Boolean.class)
                .single();
    }

    /** Other tests list the newest orders. */
    private void makeYoung(UUID id) {
        jdbc.sql("UPDATE orders SET status = 'PAID', placed_at = now() WHERE id = :id")
                .param("id", id)
                .update();
    }

    /** Counts the rows of an order, its only line and the only entry of its history. */
    private int rows(UUID id) {
        return jdbc.sql("""
                        SELECT (SELECT count(*) FROM orders WHERE id = :id)
                             + (SELECT count(*) FROM order_line WHERE order_id = :id)
                             + (SELECT count(*) FROM order_status_change WHERE order_id = :id)
                        """).param("id", id).query(Integer.class).single();
    }
}
