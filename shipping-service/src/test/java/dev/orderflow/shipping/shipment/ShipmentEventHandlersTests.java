package dev.orderflow.shipping.shipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.events.Money;
import dev.orderflow.events.OtherTenantException;
import dev.orderflow.events.order.CancellationReason;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderShipped;
import dev.orderflow.events.shipping.ShipmentDispatched;
import dev.orderflow.events.shipping.ShipmentStopRefused;
import dev.orderflow.events.shipping.ShipmentStopped;
import dev.orderflow.shipping.carrier.Carrier;
import dev.orderflow.shipping.carrier.CarrierUnavailableException;
import dev.orderflow.shipping.carrier.Parcel;
import dev.orderflow.shipping.carrier.ParcelState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShipmentEventHandlersTests {

    private static final UUID ORDER = UUID.randomUUID();
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private static final OrderPaid PAID = new OrderPaid(ORDER, "c1", Money.of("15.30", "GBP"), NOW);
    private static final OrderShipped SHIPPED = new OrderShipped(ORDER, "c1", "trk_1", NOW);
    private static final OrderCancelled CANCELLED =
            new OrderCancelled(ORDER, "c1", CancellationReason.CUSTOMER_REQUEST, NOW);

    private final Carrier carrier = mock();
    private final ShipmentRepository shipments = mock();
    private final List<DomainEvent> published = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ShipmentEventHandlers handlers = new ShipmentEventHandlers(
            carrier, shipments, new ShipmentEvents(published::add, meters), Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void storeNothing() {
        given(shipments.find(ORDER)).willReturn(Optional.empty());
    }

    @Test
    void aDispatchIsRecordedAndPublishedAfterTheCall() {
        given(carrier.ship(ORDER)).willReturn(parcel(ParcelState.ACCEPTED));

        var afterCall = handlers.dispatch(PAID);
        verify(shipments, never()).add(any());
        afterCall.apply();

        verify(shipments).add(any());
        assertThat(published).containsExactly(new ShipmentDispatched(ORDER, "trk_1", NOW));
        assertThat(meters.counter("shipping.shipments.changes", "change", "dispatched")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void anOrderIsNotDispatchedAgain() {
        stored("demo");

        handlers.dispatch(PAID).apply();

        verifyNoInteractions(carrier);
        assertThat(published).isEmpty();
    }

    @Test
    void aFailureIsLeftToTheGuard() {
        given(carrier.ship(ORDER)).willThrow(new CarrierUnavailableException("away", new IOException()));

        assertThatExceptionOfType(CarrierUnavailableException.class).isThrownBy(() -> handlers.dispatch(PAID));
    }

    @Test
    void theParcelOfAShippedOrderIsReleased() {
        stored("demo");
        given(carrier.release(ORDER)).willReturn(parcel(ParcelState.ACCEPTED));

        handlers.release(SHIPPED).apply();

        verify(carrier).release(ORDER);
        assertThat(published).isEmpty();
    }

    @Test
    void aParcelThatTheCarrierHasStoppedBeforeItsReleaseIsReported() {
        stored("demo");
        given(carrier.release(ORDER)).willReturn(parcel(ParcelState.STOPPED));

        handlers.release(SHIPPED).apply();

        assertThat(published).containsExactly(new ShipmentStopped(ORDER, "trk_1", NOW));
    }

    @ParameterizedTest
    @EnumSource(names = {"STOPPED", "LOST"})
    void aRepeatedReleaseChangesNoFinalShipment(ParcelState state) {
        stored(ended(state));
        given(carrier.release(ORDER)).willReturn(parcel(state));

        handlers.release(SHIPPED).apply();

        assertThat(published).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"STOPPED", "LOST"})
    void aParcelThatIsStoppedOrLostIsNotStopped(ParcelState state) {
        stored(ended(state));

        handlers.stop(CANCELLED).apply();

        verifyNoInteractions(carrier);
        assertThat(published).isEmpty();
    }

    @Test
    void theParcelOfACancelledOrderIsStopped() {
        stored("demo");
        given(carrier.stop(ORDER)).willReturn(parcel(ParcelState.STOPPED));

        handlers.stop(CANCELLED).apply();

        assertThat(published).containsExactly(new ShipmentStopped(ORDER, "trk_1", NOW));
        verify(shipments).update(argThat(changed -> changed.getFirst().state() == ShipmentState.STOPPED));
    }

    @Test
    void aCancellationThatIsTooLateIsReported() {
        stored("demo");
        given(carrier.stop(ORDER)).willReturn(parcel(ParcelState.IN_TRANSIT));

        handlers.stop(CANCELLED).apply();

        assertThat(published).containsExactly(new ShipmentStopRefused(ORDER, "trk_1", NOW));
    }

    @Test
    void anOrderWithoutShipmentIsNotStopped() {
        handlers.stop(CANCELLED).apply();

        verifyNoInteractions(carrier);
        assertThat(published).isEmpty();
    }

    @Test
    void anEventOfAnotherTenantIsRefusedBeforeTheCall() {
        stored("other");

        assertThatExceptionOfType(OtherTenantException.class).isThrownBy(() -> handlers.dispatch(PAID));
        assertThatExceptionOfType(OtherTenantException.class).isThrownBy(() -> handlers.release(SHIPPED));
        assertThatExceptionOfType(OtherTenantException.class).isThrownBy(() -> handlers.stop(CANCELLED));
        verifyNoInteractions(carrier);
    }

    @Test
    void theShipmentsOfCancelledOrdersAreLockedTogether() {
        handlers.lockShipments(List.of(PAID, CANCELLED));
        handlers.lockShipments(List.of(PAID));

        verify(shipments).lock(Set.of(ORDER));
    }

    private static Shipment ended(ParcelState state) {
        return Shipment.dispatched(parcel(ParcelState.ACCEPTED), "demo", EventContext.none(), NOW)
                .track(state, NOW)
                .orElseThrow()
                .shipment();
    }

    private void stored(String tenant) {
        stored(Shipment.dispatched(parcel(ParcelState.ACCEPTED), tenant, EventContext.none(), NOW));
    }

    private void stored(Shipment shipment) {
        given(shipments.find(ORDER)).willReturn(Optional.of(shipment));
        given(shipments.findLocked(ORDER)).willReturn(Optional.of(shipment));
    }

    private static Parcel parcel(ParcelState state) {
        return new Parcel(ORDER, "trk_1", state);
    }
}
