package dev.orderflow.eventing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides which data of a service is old enough to be deleted.
 * <p>
 * Deleting by {@code now() - retention} would delete all data if a clock were wrong for a while. This clock counts only
 * time that passed while the application ran. Thread-safe.
 */
public interface RetentionClock {

    /**
     * Returns the instant before which rows stamped by the database are older than {@code retention}; empty until that
     * much time has been witnessed. Compare it only with times of the database's clock.
     */
    Optional<Instant> cutOff(Duration retention);
}
