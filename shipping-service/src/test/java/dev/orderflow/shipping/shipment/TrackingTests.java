package dev.orderflow.shipping.shipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.orderflow.shipping.carrier.Carrier;
import dev.orderflow.shipping.carrier.CarrierUnavailableException;
import dev.orderflow.shipping.carrier.Parcel;
import dev.orderflow.shipping.carrier.ParcelState;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TrackingTests {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final List<UUID> FULL = List.of(UUID.randomUUID(), UUID.randomUUID());
    private static final List<UUID> REST = List.of(UUID.randomUUID());

    private final Carrier carrier = mock();
    private final DueShipments due = mock();
    private final TrackingLease lease = mock();
    private final CircuitBreakerRegistry circuits = CircuitBreakerRegistry.ofDefaults();
    private final Tracking tracking = new Tracking(
            carrier, circuits, due, lease, new TrackingProperties(Duration.ofSeconds(1), INTERVAL, 2, LEASE));

    @Test
    void aRunAsksUntilABatchIsNotFull() {
        given(lease.acquire(LEASE)).willReturn(true);
        given(due.next(2, INTERVAL)).willReturn(FULL).willReturn(REST);
        var answers = List.of(new Parcel(FULL.getFirst(), "trk_1", ParcelState.DELIVERED));
        given(carrier.track(FULL)).willReturn(answers);

        tracking.run();

        verify(due).record(FULL, answers, INTERVAL);
        verify(due).record(REST, List.of(), INTERVAL);
        verify(lease, times(2)).acquire(LEASE);
    }

    @Test
    void withoutTheLeaseNothingIsAsked() {
        tracking.run();

        verifyNoInteractions(carrier, due);
    }

    @Test
    void aRunEndsWhenTheLeaseIsLost() {
        given(lease.acquire(LEASE)).willReturn(true, false);
        given(due.next(2, INTERVAL)).willReturn(FULL);

        tracking.run();

        verify(carrier).track(FULL);
    }

    @Test
    void anOpenCircuitPausesTracking() {
        given(lease.acquire(LEASE)).willReturn(true);
        given(due.next(2, INTERVAL)).willReturn(FULL);
        circuits.circuitBreaker("carrier-tracking").transitionToOpenState();

        tracking.run();

        verifyNoInteractions(carrier);
    }

    @Test
    void aFailedRequestCountsForTheCircuit() {
        given(lease.acquire(LEASE)).willReturn(true);
        given(due.next(2, INTERVAL)).willReturn(FULL);
        given(carrier.track(any())).willThrow(new CarrierUnavailableException("away", new IOException()));

        assertThatExceptionOfType(CarrierUnavailableException.class).isThrownBy(tracking::run);

        assertThat(circuits.circuitBreaker("carrier-tracking").getMetrics().getNumberOfFailedCalls())
                .isEqualTo(1);
    }

    @Test
    void afterItsEndItAsksNothingAndTheLeaseIsGivenBack() {
        given(lease.acquire(LEASE)).willReturn(true);

        tracking.close();
        tracking.run();

        verify(lease).release();
        verifyNoInteractions(carrier, due);
    }

    @Test
    void thePauseVariesByAFifth() {
        for (var round = 0; round < 100; round++) {
            assertThat(tracking.period()).isBetween(Duration.ofMillis(800), Duration.ofMillis(1_200));
        }
    }
}
