package dev.orderflow.shipping.shipment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackingLeaseIT {

    private static ShipmentDatabase database;

    private final TrackingLease lease = lease();
    private final TrackingLease another = lease();

    @BeforeAll
    static void migrate() {
        database = new ShipmentDatabase();
    }

    private static TrackingLease lease() {
        return new TrackingLease(
                database.jdbc,
                database.transactions,
                TrackingLeaseTests.properties(Duration.ofSeconds(30)),
                TrackingLeaseTests.CARRIER);
    }

    @ParameterizedTest
    @CsvSource({"-1 second, true", "20 seconds, false", "40 seconds, true", "3 days, true"})
    void aLeaseOfAnotherHasExpiredInThePastAndIfItEndsLaterThanANewOne(String expiresIn, boolean acquired) {
        leaseToAnother(expiresIn);

        assertThat(lease.acquire()).isEqualTo(acquired);
        if (acquired) {
            assertThat(another.acquire()).isFalse();
            assertThat(lease.acquire()).isTrue();
        }
    }

    @Test
    void aLeaseThatWasGivenBackIsAcquiredByAnotherAndNeverAgainByItsHolder() {
        leaseToAnother("-1 second");
        assertThat(lease.acquire()).isTrue();

        lease.end();

        assertThat(lease.acquire()).isFalse();
        assertThat(another.acquire()).isTrue();
        lease.end();
        assertThat(another.acquire()).isTrue();
    }

    private static void leaseToAnother(String time) {
        database.jdbc
                .sql("UPDATE tracking_lease SET holder = gen_random_uuid(), expires_at = now() + :time::interval")
                .param("time", time)
                .update();
    }
}
