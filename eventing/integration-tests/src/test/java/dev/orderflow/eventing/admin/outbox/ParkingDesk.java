package dev.orderflow.eventing.admin.outbox;

import dev.orderflow.eventing.admin.RefusedRequest;
import dev.orderflow.eventing.admin.audit.Audit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Acts as an operator of parked events, for tests of other packages. */
public final class ParkingDesk {

    private final Parking parking;

    public ParkingDesk(JdbcClient jdbc, TransactionOperations transaction) {
        this.parking = new Parking(jdbc, transaction, new Audit(jdbc));
    }

    /** Releases the events of one key, or all of the topic if the key is null. */
    public void release(String topic, @Nullable String key) {
        parking.release(topic, key, "test");
    }

    /** Discards the event. Returns whether it was parked and not being sent. */
    public boolean discard(UUID eventId) {
        try {
            parking.discard(eventId, "test", "test");
            return true;
        } catch (RefusedRequest.Unknown | RefusedRequest.BeingSent e) {
            return false;
        }
    }
}
