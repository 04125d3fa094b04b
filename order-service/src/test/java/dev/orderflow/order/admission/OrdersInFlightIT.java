package dev.orderflow.order.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.loop.Looping;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderServiceTest;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;

@OrderServiceTest
class OrdersInFlightIT {

    private static final Duration TARGET = Duration.ofSeconds(2);

    @Autowired
    OrderClient client;

    @Autowired
    OrdersInFlight inFlight;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    @Qualifier("periodicTasks")
    Looping tasks;

    @Test
    void ordersAreCountedByTheStepTheyWaitForUntilTheyAreFinal() {
        var before = inFlight.count(TARGET);
        var placed = client.placeOne("in-flight");
        var reserved = client.placeOne("in-flight");
        become(reserved, "RESERVED", Duration.ofSeconds(5));
        become(client.placeOne("in-flight"), "PAID", Duration.ZERO);

        var now = inFlight.count(TARGET);

        assertThat(now.placed().waiting() - before.placed().waiting()).isEqualTo(1);
        assertThat(now.reserved().waiting() - before.reserved().waiting()).isEqualTo(1);
        assertThat(now.reserved().late() - before.reserved().late()).isEqualTo(1);
        assertThat(now.placed().ofTenants().get("demo")
                        - before.placed().ofTenants().getOrDefault("demo", 0))
                .isEqualTo(1);

        client.cancel(placed);

        assertThat(inFlight.count(TARGET).placed().waiting())
                .isLessThanOrEqualTo(now.placed().waiting() - 1);
    }

    @Test
    void anOrderThatHasWaitedForLongIsNotPartOfTheFlow() {
        var before = inFlight.count(TARGET).reserved().waiting();
        become(client.placeOne("in-flight"), "RESERVED", OrdersInFlight.HORIZON.plusSeconds(1));

        assertThat(inFlight.count(TARGET).reserved().waiting()).isLessThanOrEqualTo(before);
    }

    /** Checks the registration. Without it, neither the flow nor the changes by other instances would be observed. */
    @Test
    void theApplicationRunsItsPeriodicTasks() {
        assertThat(tasks.loops())
                .extracting(loop -> loop.status().name())
                .contains("order-admission", "awaited-orders", "idempotency-keys");
    }

    private void become(UUID order, String status, Duration age) {
        jdbc.sql("""
                        UPDATE orders
                        SET status = :status, version = version + 1, placed_at = now() - make_interval(secs => :age)
                        WHERE id = :id
                        """)
                .param("status", status)
                .param("age", age.toSeconds())
                .param("id", order)
                .update();
    }
}
