package dev.orderflow.shipping.shipment;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DueShipmentsIT {

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private static ShipmentDatabase database;
    private static DueShipments due;

    @BeforeAll
    static void migrate() {
        database = new ShipmentDatabase();
        due = new DueShipments(
                database.jdbc,
                new ShipmentRepository(database.jdbc, database.transactions),
                new ShipmentEvents(event -> {}, new SimpleMeterRegistry()),
                database.transactions,
                Clock.systemUTC());
    }

    @BeforeEach
    void clear() {
        database.jdbc.sql("DELETE FROM shipment").update();
    }

    @Test
    void theLongestDueAreNextAndFinalOnesNever() {
        var later = database.add(ShipmentState.DISPATCHED, "-1 second");
        var first = database.add(ShipmentState.DISPATCHED, "-1 minute");
        database.add(ShipmentState.DISPATCHED, "30 seconds");
        database.add(ShipmentState.DELIVERED, "-1 hour");

        assertThat(due.next(10, INTERVAL)).containsExactly(first, later);
        assertThat(due.next(1, INTERVAL)).containsExactly(first);
    }

    @Test
    void aShipmentThatAClockAheadHasPostponedIsDueOnce() {
        var ahead = database.add(ShipmentState.DISPATCHED, "3 days");
        var dueNow = database.add(ShipmentState.DISPATCHED, "-1 second");
        database.add(ShipmentState.DISPATCHED, "71 seconds");
        database.add(ShipmentState.LOST, "3 days");

        assertThat(due.next(10, INTERVAL)).containsExactly(dueNow, ahead);
        due.record(List.of(ahead, dueNow), List.of(), INTERVAL);

        assertThat(due.next(10, INTERVAL)).isEmpty();
        assertThat(secondsUntilDue(ahead)).isBetween(30.0, 72.0);
    }

    @Test
    void theLongestOverdueShipmentIsMeasured() {
        assertThat(due.overdueSeconds()).isZero();
        database.add(ShipmentState.DISPATCHED, "3 days");
        database.add(ShipmentState.STOPPED, "-3 days");
        assertThat(due.overdueSeconds()).isZero();

        database.add(ShipmentState.DISPATCHED, "-1 hour");
        database.add(ShipmentState.DISPATCHED, "-1 minute");

        assertThat(due.overdueSeconds()).isBetween(3_600.0, 3_700.0);
    }

    @Test
    void bothRangesAreServedByTheIndex() {
        var plan = database.transactions.execute(status -> {
            database.jdbc.sql("SET LOCAL enable_seqscan = off").update();
            database.jdbc.sql("SET LOCAL enable_sort = off").update();
            database.jdbc.sql("SET LOCAL enable_bitmapscan = off").update();
            return String.join(
                    "\n",
                    database.jdbc
                            .sql("EXPLAIN " + DueShipments.NEXT)
                            .param("limit", 200)
                            .param("millis", 60_000L)
                            .query(String.class)
                            .list());
        });

        assertThat(plan)
                .contains("Index Scan using shipment_due ", "Index Scan Backward using shipment_due ")
                .contains("Index Cond: (due_at <= now())", "Index Cond: (due_at > ")
                .doesNotContain("Sort", "Filter");
    }

    private static double secondsUntilDue(UUID order) {
        return database.jdbc
                .sql("SELECT extract(epoch FROM due_at - now()) FROM shipment WHERE order_id = :order")
                .param("order", order)
                .query(Double.class)
                .single();
    }
}
