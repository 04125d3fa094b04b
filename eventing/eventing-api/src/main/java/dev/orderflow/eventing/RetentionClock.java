package dev.orderflow.eventing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides which data of a service is old enough to be deleted.
 * <p>
 * Deleting by {@code now() - retention} forgets everything at once when a clock is wrong for a while. This clock counts only time
 * that has passed while the application ran. Thread-safe.
 */
public interface RetentionClock {

    /**
     * The instant before which rows that the database stamped are older than {@code retention}; empty while so much time has not
     * been witnessed. Must be compared with times of the database's clock only.
     */
    Optional<Instant> cutOff(Duration retention);
}
