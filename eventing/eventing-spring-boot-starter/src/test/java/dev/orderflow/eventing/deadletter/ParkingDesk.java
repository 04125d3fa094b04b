package dev.orderflow.eventing.deadletter;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** An operator of parked events, for tests of other packages. */
public final class ParkingDesk {

    private final Parking parking;

    public ParkingDesk(JdbcClient jdbc, TransactionOperations transaction) {
        this.parking = new Parking(jdbc, transaction, new Audit(jdbc));
    }

    /** Of one key, or of all if that is null. */
    public void release(String topic, @Nullable String key) {
        parking.release(topic, key, "test");
    }

    /** Whether the event is given up: it was parked, and nobody was sending it. */
    public boolean discard(UUID eventId) {
        try {
            parking.discard(eventId, "test", "test");
            return true;
        } catch (RefusedRequest.Unknown | RefusedRequest.BeingSent e) {
            return false;
        }
    }
}
