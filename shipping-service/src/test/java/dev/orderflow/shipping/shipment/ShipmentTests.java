package dev.orderflow.shipping.shipment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.events.shipping.ShipmentDelivered;
import dev.orderflow.events.shipping.ShipmentDispatched;
import dev.orderflow.events.shipping.ShipmentLost;
import dev.orderflow.events.shipping.ShipmentStopRefused;
import dev.orderflow.events.shipping.ShipmentStopped;
import dev.orderflow.shipping.carrier.Parcel;
import dev.orderflow.shipping.carrier.ParcelState;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ShipmentTests {

    private static final UUID ORDER = UUID.randomUUID();
    private static final Instant AT = Instant.parse("2026-11-01T10:00:00Z");
    private static final Instant LATER = AT.plusSeconds(60);

    private final Shipment shipment =
            Shipment.dispatched(new Parcel(ORDER, "trk_1", ParcelState.ACCEPTED), "demo", EventContext.none(), AT);

    @Test
    void aShipmentBeginsDispatched() {
        assertThat(shipment.state()).isEqualTo(ShipmentState.DISPATCHED);
        assertThat(shipment.dispatched()).isEqualTo(new ShipmentDispatched(ORDER, "trk_1", AT));
        assertThat(shipment.track(ParcelState.ACCEPTED, LATER)).isEmpty();
        assertThat(shipment.track(ParcelState.IN_TRANSIT, LATER)).isEmpty();
    }

    @Test
    void theEndOfAParcelIsReportedOnce() {
        var change = shipment.track(ParcelState.DELIVERED, LATER).orElseThrow();

        assertThat(change.event()).isEqualTo(new ShipmentDelivered(ORDER, "trk_1", LATER));
        var delivered = change.shipment();
        assertThat(delivered.state()).isEqualTo(ShipmentState.DELIVERED);
        assertThat(delivered.updatedAt()).isEqualTo(LATER);
        for (var shown : ParcelState.values()) {
            assertThat(delivered.track(shown, LATER)).isEmpty();
        }
    }

    @Test
    void aLostParcelIsReported() {
        var change = shipment.track(ParcelState.LOST, LATER).orElseThrow();

        assertThat(change.event()).isEqualTo(new ShipmentLost(ORDER, "trk_1", LATER));
        assertThat(change.shipment().state()).isEqualTo(ShipmentState.LOST);
    }

    /** Tracking and the cancellation may both see that the carrier has stopped it. */
    @Test
    void aStopIsReportedByWhoeverRecordsItFirst() {
        var change = shipment.track(ParcelState.STOPPED, LATER).orElseThrow();

        assertThat(change.event()).isEqualTo(new ShipmentStopped(ORDER, "trk_1", LATER));
        assertThat(change.shipment().answerToStop(ParcelState.STOPPED, LATER)).isEmpty();
        assertThat(change.shipment().stopRefused()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = ParcelState.class,
            names = {"ACCEPTED", "STOPPED"},
            mode = EnumSource.Mode.EXCLUDE)
    void aStopThatIsTooLateIsReportedOnceAndTheParcelIsStillFollowed(ParcelState answer) {
        var change = shipment.answerToStop(answer, LATER).orElseThrow();

        assertThat(change.event()).isEqualTo(new ShipmentStopRefused(ORDER, "trk_1", LATER));
        var refused = change.shipment();
        assertThat(refused.answerToStop(answer, LATER)).isEmpty();
        assertThat(refused.stopRefused()).isTrue();
        assertThat(refused.state()).isEqualTo(ShipmentState.DISPATCHED);
        assertThat(refused.track(ParcelState.DELIVERED, LATER)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"DELIVERED, DELIVERED", "LOST, LOST"})
    void aStopAfterTheEndIsTooLate(ParcelState shown, ShipmentState state) {
        var ended = shipment.track(shown, LATER).orElseThrow().shipment();

        var change = ended.answerToStop(shown, LATER).orElseThrow();

        assertThat(change.event()).isEqualTo(new ShipmentStopRefused(ORDER, "trk_1", LATER));
        assertThat(change.shipment().state()).isEqualTo(state);
    }
}
