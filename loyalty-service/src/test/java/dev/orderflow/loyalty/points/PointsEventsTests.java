package dev.orderflow.loyalty.points;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.loyalty.PointsAwarded;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class PointsEventsTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PointsEvents events = new PointsEvents(event -> {}, meters);

    @BeforeEach
    void begin() {
        TransactionSynchronizationManager.initSynchronization();
    }

    @AfterEach
    void end() {
        TransactionSynchronizationManager.clearSynchronization();
    }

    @Test
    void changesAreCountedAfterTheCommit() {
        award();
        award();
        assertThat(counted("loyalty.entries")).isZero();

        TransactionSynchronizationManager.getSynchronizations().forEach(TransactionSynchronization::afterCommit);

        assertThat(counted("loyalty.entries")).isEqualTo(2);
        assertThat(counted("loyalty.points")).isEqualTo(14);
    }

    /** Each look-up of a synchronization copies and sorts all of them. */
    @Test
    void aTransactionHasOneSynchronizationHoweverManyEventsItHas() {
        for (var number = 0; number < 100; number++) {
            award();
        }

        assertThat(TransactionSynchronizationManager.getSynchronizations()).hasSize(1);
    }

    private void award() {
        events.publish(new PointsAwarded(UUID.randomUUID(), "~r", 7L, 7L, Instant.EPOCH));
    }

    private double counted(String name) {
        return meters.get(name).tag("change", "awarded").counter().count();
    }
}
