package dev.orderflow.sandbox.carrier;

import static dev.orderflow.sandbox.carrier.ShipmentState.ACCEPTED;
import static dev.orderflow.sandbox.carrier.ShipmentState.DELIVERED;
import static dev.orderflow.sandbox.carrier.ShipmentState.IN_TRANSIT;
import static dev.orderflow.sandbox.carrier.ShipmentState.LOST;
import static dev.orderflow.sandbox.carrier.ShipmentState.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.sandbox.SandboxProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CarrierClockTests {

    private static final Instant START = Instant.parse("2026-11-01T10:00:00Z");

    @TempDir
    Path data;

    private final CarrierFaults faults = new CarrierFaults();
    private Instant now = START;
    private Carrier carrier;

    @BeforeEach
    void open() {
        carrier = new Carrier(
                new SandboxProperties(data, "127.0.0.1", 0),
                faults,
                ((InstantSource) () -> now).withZone(ZoneOffset.UTC));
    }

    @AfterEach
    void close() throws IOException {
        carrier.close();
    }

    @ParameterizedTest
    @CsvSource({
        "0, ACCEPTED, 0",
        "1999, ACCEPTED, 0",
        "2000, IN_TRANSIT, 2000",
        "4999, IN_TRANSIT, 2000",
        "5000, DELIVERED, 5000",
        "900000, DELIVERED, 5000"
    })
    void theStateFollowsFromTheTimeSinceTheRelease(long millis, ShipmentState state, long since) {
        release("o");
        now = START.plusMillis(millis);

        assertThat(carrier.track(List.of("o", "unknown")))
                .singleElement()
                .returns(state, Tracking::state)
                .returns(START.plusMillis(since), Tracking::at);
    }

    @Test
    void aParcelWaitsUntilItIsReleasedAndCanBeStoppedForThatLong() {
        carrier.ship("o");
        carrier.ship("stopped");
        now = START.plusSeconds(900);

        assertThat(carrier.stop("stopped").state()).isEqualTo(STOPPED);
        assertThat(carrier.release("stopped").state()).isEqualTo(STOPPED);
        assertThat(carrier.release("o").state()).isEqualTo(ACCEPTED);
        now = START.plusMillis(901_999);
        assertThat(carrier.release("o").state()).isEqualTo(ACCEPTED);
        now = START.plusMillis(902_000);
        assertThat(carrier.release("o").state()).isEqualTo(IN_TRANSIT);
    }

    @Test
    void aShipmentIsStoppedUntilItsParcelLeaves() {
        release("early");
        release("late");
        now = START.plusMillis(1_999);
        assertThat(carrier.stop("early").state()).isEqualTo(STOPPED);
        now = START.plusMillis(2_000);

        assertThat(carrier.stop("late").state()).isEqualTo(IN_TRANSIT);
        assertThat(carrier.stop("early").state()).isEqualTo(STOPPED);
        now = START.plusMillis(5_000);
        assertThat(carrier.stop("late").state()).isEqualTo(DELIVERED);
        assertThat(carrier.stop("early"))
                .returns(STOPPED, Tracking::state)
                .returns(START.plusMillis(1_999), Tracking::at);
        assertThat(carrier.list(10, 0).items())
                .extracting(Shipment.Item::state)
                .containsExactly(Shipment.Item.State.STOPPED, Shipment.Item.State.DELIVERED);
    }

    @Test
    void lostParcelsLeaveAndNeverArrive() {
        faults.set(new CarrierBehaviour(null, null, 0, 0, 0, 1));
        release("o");
        faults.set(CarrierBehaviour.NORMAL);

        assertThat(stateAfter(0)).isEqualTo(ACCEPTED);
        assertThat(stateAfter(4_999)).isEqualTo(IN_TRANSIT);
        assertThat(stateAfter(5_000)).isEqualTo(LOST);
        assertThat(carrier.list(10, 0).items())
                .extracting(Shipment.Item::state)
                .containsExactly(Shipment.Item.State.DISPATCHED);
    }

    @Test
    void allIsRememberedAcrossARestart() throws IOException {
        var first = release("o").trackingId();
        carrier.ship("stopped");
        carrier.stop("stopped");
        carrier.close();
        open();

        assertThat(carrier.ship("o").trackingId()).isEqualTo(first);
        assertThat(carrier.ship("stopped").state()).isEqualTo(STOPPED);
        assertThat(carrier.list(10, 0).items()).extracting(Shipment.Item::calls).containsExactly(3, 2);
        assertThat(stateAfter(5_000)).isEqualTo(DELIVERED);
    }

    private Tracking release(String orderId) {
        carrier.ship(orderId);
        return carrier.release(orderId);
    }

    private ShipmentState stateAfter(long millis) {
        now = START.plusMillis(millis);
        return carrier.track(List.of("o")).getFirst().state();
    }
}
