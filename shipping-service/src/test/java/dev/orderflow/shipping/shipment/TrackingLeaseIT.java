package dev.orderflow.shipping.shipment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackingLeaseIT {

    private static final Duration TIME = Duration.ofSeconds(30);

    private static ShipmentDatabase database;

    private final TrackingLease lease = lease();
    private final TrackingLease another = lease();

    @BeforeAll
    static void migrate() {
        database = new ShipmentDatabase();
    }

    private static TrackingLease lease() {
        return new TrackingLease(database.jdbc, database.transactions);
    }

    @ParameterizedTest
    @CsvSource({"-1 second, true", "20 seconds, false", "40 seconds, true", "3 days, true"})
    void aLeaseOfAnotherHasExpiredInThePastAndIfItEndsLaterThanANewOne(String expiresIn, boolean acquired) {
        leaseToAnother(expiresIn);

        assertThat(lease.acquire(TIME)).isEqualTo(acquired);
        if (acquired) {
            assertThat(another.acquire(TIME)).isFalse();
            assertThat(lease.acquire(TIME)).isTrue();
        }
    }

    @Test
    void aReleasedLeaseIsAcquiredByAnother() {
        leaseToAnother("-1 second");
        assertThat(lease.acquire(TIME)).isTrue();

        lease.release();

        assertThat(another.acquire(TIME)).isTrue();
    }

    private static void leaseToAnother(String time) {
        database.jdbc
                .sql("UPDATE tracking_lease SET holder = gen_random_uuid(), expires_at = now() + :time::interval")
                .param("time", time)
                .update();
    }
}
