package dev.orderflow.shipping.shipment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.shipping.carrier.Parcel;
import dev.orderflow.shipping.carrier.ParcelState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShipmentRetentionIT {

    private static final Duration RETENTION = Duration.ofDays(3653);

    private static final String FLOW = """
            SELECT coalesce(correlation_id, 'none') || ' ' || coalesce(causation_id, 'none')
              FROM shipment
             WHERE order_id = :order
            """;

    private static ShipmentDatabase database;
    private static DueShipments due;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

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

    @ParameterizedTest
    @EnumSource(names = {"DELIVERED", "LOST", "STOPPED"})
    void aFinalShipmentForgetsItsFlowAndIsDeletedAfterTheRetention(ParcelState state) {
        var order = tracked(state);
        assertThat(flowOf(order)).isEqualTo("none none");

        retention(Optional.of(Instant.now().minus(RETENTION))).run();
        assertThat(exists(order)).isTrue();

        age(order, 3_700);
        retention(Optional.of(Instant.now().minus(RETENTION))).run();
        assertThat(exists(order)).isFalse();
        assertThat(meters.get("shipping.shipments.expired").counter().count()).isEqualTo(1);
    }

    @Test
    void aDispatchedShipmentKeepsItsFlowAndIsNeverDeleted() {
        var order = tracked(ParcelState.IN_TRANSIT);
        database.jdbc
                .sql("UPDATE shipment SET created_at = now() - interval '20 years', updated_at = created_at")
                .update();

        retention(Optional.of(Instant.now())).run();

        assertThat(flowOf(order)).isEqualTo("flow cause");
        assertThat(exists(order)).isTrue();
    }

    @Test
    void withoutWitnessedTimeNothingIsDeleted() {
        var order = tracked(ParcelState.DELIVERED);
        age(order, 5_000);

        retention(Optional.empty()).run();

        assertThat(exists(order)).isTrue();
    }

    /** A cancellation that comes too late changes a shipment that is final. */
    @Test
    void aLaterChangeKeepsTheTimeWhenItBecameFinal() {
        var order = tracked(ParcelState.DELIVERED);
        age(order, 3_700);
        var shipments = new ShipmentRepository(database.jdbc, database.transactions);
        var change = shipments.find(order).orElseThrow().answerToStop(ParcelState.DELIVERED, Instant.now());

        shipments.update(List.of(change.orElseThrow().shipment()));

        retention(Optional.of(Instant.now().minus(RETENTION))).run();
        assertThat(exists(order)).isFalse();
    }

    private ShipmentRetention retention(Optional<Instant> cutOff) {
        return new ShipmentRetention(
                database.jdbc,
                database.transactions,
                retention -> cutOff,
                new ShipmentRetentionProperties(RETENTION),
                meters);
    }

    private static UUID tracked(ParcelState state) {
        var order = database.add(ShipmentState.DISPATCHED, "-1 second");
        due.record(List.of(order), List.of(new Parcel(order, "t", state)), Duration.ofMinutes(1));
        return order;
    }

    private static void age(UUID order, int days) {
        database.jdbc
                .sql("UPDATE shipment SET final_at = now() - make_interval(days => :days) WHERE order_id = :order")
                .param("days", days)
                .param("order", order)
                .update();
    }

    private static String flowOf(UUID order) {
        return database.jdbc.sql(FLOW).param("order", order).query(String.class).single();
    }

    private static boolean exists(UUID order) {
        return database.jdbc
                .sql("SELECT EXISTS (SELECT FROM shipment WHERE order_id = :order)")
                .param("order", order)
                .query(Boolean.class)
                .single();
    }
}
