package dev.orderflow.shipping.shipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.orderflow.shipping.carrier.Carrier;
import dev.orderflow.shipping.carrier.CarrierRefusedException;
import dev.orderflow.shipping.carrier.CarrierUnavailableException;
import dev.orderflow.shipping.carrier.Parcel;
import dev.orderflow.shipping.carrier.ParcelState;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrackingTests {

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final List<UUID> FULL = List.of(UUID.randomUUID(), UUID.randomUUID());
    private static final List<UUID> REST = List.of(UUID.randomUUID());

    private final Carrier carrier = mock();
    private final DueShipments due = mock();
    private final TrackingLease lease = mock();
    private final CircuitBreakerRegistry circuits = CircuitBreakerRegistry.ofDefaults();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TrackingMetrics metrics = new TrackingMetrics(due, meters);
    private final Tracking tracking = tracking(2);

    private Tracking tracking(int batchSize) {
        var properties = new TrackingProperties(Duration.ofSeconds(1), INTERVAL, batchSize, Duration.ofSeconds(30));
        return new Tracking(carrier, circuits, due, lease, metrics, properties);
    }

    @Test
    void aRunAsksUntilABatchIsNotFull() {
        given(lease.acquire()).willReturn(true);
        given(due.next(2, INTERVAL)).willReturn(FULL).willReturn(REST);
        var answers = List.of(new Parcel(FULL.getFirst(), "trk_1", ParcelState.DELIVERED));
        given(carrier.track(FULL)).willReturn(answers);

        tracking.run();

        verify(due).record(FULL, answers, INTERVAL);
        verify(due).record(REST, List.of(), INTERVAL);
        verify(lease, times(2)).acquire();
        assertThat(meters.counter("shipping.tracking.missing").count()).isEqualTo(2);
    }

    @Test
    void ofARefusedBatchOnlyWhatIsRefusedAloneIsPostponed() {
        var orders = orders(7);
        var bad = orders.get(4);
        given(lease.acquire()).willReturn(true);
        given(due.next(7, INTERVAL)).willReturn(orders).willReturn(List.of());
        given(carrier.track(any())).willAnswer(call -> answer(call.getArgument(0), Set.of(bad)));

        tracking(7).run();

        for (var order : orders) {
            verify(due).record(argThat(asked -> asked.contains(order)), any(), eq(INTERVAL));
        }
        verify(due).record(List.of(bad), List.of(), INTERVAL);
        assertThat(meters.counter("shipping.tracking.refused").count()).isEqualTo(1);
        assertThat(meters.counter("shipping.tracking.missing").count()).isZero();
        verify(due, times(2)).next(7, INTERVAL);
    }

    @Test
    void aCarrierThatRefusesEverythingIsAskedFewTimesInARun() {
        var orders = orders(200);
        given(lease.acquire()).willReturn(true);
        given(due.next(200, INTERVAL)).willReturn(orders);
        given(carrier.track(any())).willAnswer(call -> answer(call.getArgument(0), Set.copyOf(orders)));

        tracking(200).run();

        verify(carrier, times(20)).track(any());
        assertThat(meters.counter("shipping.tracking.refused").count()).isPositive();
    }

    @Test
    void aRefusedBatchIsNotDividedWithoutTheLease() {
        given(lease.acquire()).willReturn(true, false);
        given(due.next(2, INTERVAL)).willReturn(FULL);
        given(carrier.track(any())).willThrow(new CarrierRefusedException("no", null));

        tracking.run();

        verify(carrier).track(FULL);
        verify(due, never()).record(any(), any(), any());
    }

    @Test
    void theOldestOverdueShipmentIsShown() {
        given(due.overdueSeconds()).willReturn(90.0);

        metrics.run();

        assertThat(meters.get("shipping.tracking.overdue").gauge().value()).isEqualTo(90);
    }

    @Test
    void withoutTheLeaseNothingIsAsked() {
        tracking.run();

        verifyNoInteractions(carrier, due);
    }

    @Test
    void aRunEndsWhenTheLeaseIsLost() {
        given(lease.acquire()).willReturn(true, false);
        given(due.next(2, INTERVAL)).willReturn(FULL);

        tracking.run();

        verify(carrier).track(FULL);
    }

    @Test
    void anOpenCircuitPausesTracking() {
        given(lease.acquire()).willReturn(true);
        given(due.next(2, INTERVAL)).willReturn(FULL);
        circuits.circuitBreaker("carrier-tracking").transitionToOpenState();

        tracking.run();

        verifyNoInteractions(carrier);
    }

    @Test
    void aFailedRequestCountsForTheCircuit() {
        given(lease.acquire()).willReturn(true);
        given(due.next(2, INTERVAL)).willReturn(FULL);
        given(carrier.track(any())).willThrow(new CarrierUnavailableException("away", new IOException()));

        assertThatExceptionOfType(CarrierUnavailableException.class).isThrownBy(tracking::run);

        assertThat(circuits.circuitBreaker("carrier-tracking").getMetrics().getNumberOfFailedCalls())
                .isEqualTo(1);
    }

    @Test
    void theLeaseIsGivenBackAtTheEnd() {
        tracking.close();

        verify(lease).end();
    }

    private static List<UUID> orders(int count) {
        return Stream.generate(UUID::randomUUID).limit(count).toList();
    }

    private static List<Parcel> answer(Collection<UUID> asked, Set<UUID> refused) {
        if (asked.stream().anyMatch(refused::contains)) {
            throw new CarrierRefusedException("the carrier answered 400", null);
        }
        return asked.stream()
                .map(order -> new Parcel(order, "t", ParcelState.ACCEPTED))
                .toList();
    }

    @Test
    void thePauseVariesByAFifth() {
        for (var round = 0; round < 100; round++) {
            assertThat(tracking.period()).isBetween(Duration.ofMillis(800), Duration.ofMillis(1_200));
        }
    }
}
