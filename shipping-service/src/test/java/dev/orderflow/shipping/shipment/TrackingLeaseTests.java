package dev.orderflow.shipping.shipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;

import dev.orderflow.shipping.carrier.CarrierProperties;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrackingLeaseTests {

    static final CarrierProperties CARRIER = new CarrierProperties(
            URI.create("http://127.0.0.1:8090"), "", "", Duration.ofSeconds(2), Duration.ofSeconds(5));

    static TrackingProperties properties(Duration lease) {
        return new TrackingProperties(Duration.ofSeconds(1), Duration.ofMinutes(1), 200, lease);
    }

    @Test
    void aLeaseThatCouldEndDuringACallFailsTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lease(Duration.ofMillis(6_999)))
                .withMessage("shipping.tracking.lease must be 7000ms or more: the sum of"
                        + " shipping.carrier.connect-timeout and shipping.carrier.read-timeout");
    }

    @Test
    void aLeaseAsLongAsACallIsEnough() {
        assertThat(lease(Duration.ofSeconds(7))).isNotNull();
    }

    private static TrackingLease lease(Duration time) {
        return new TrackingLease(mock(), mock(), properties(time), CARRIER);
    }
}
