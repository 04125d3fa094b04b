package dev.orderflow.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReservationTests {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Quantities LINES = Quantities.of(Map.of("A", 2, "B", 1));

    private final Reservation reserved = Reservation.reserved(UUID.randomUUID(), "demo", LINES, NOW);
    private final Reservation rejected = Reservation.rejected(UUID.randomUUID(), "demo", NOW);

    @Test
    void aReservationHoldsItsLinesUntilItIsReleased() {
        assertThat(reserved.holdsStock()).isTrue();
        reserved.commit(NOW);
        assertThat(reserved.holdsStock()).isTrue();
        reserved.release(NOW);
        assertThat(reserved.holdsStock()).isFalse();
        assertThat(reserved.quantities()).isEqualTo(LINES);
    }

    @Test
    void aRejectedOrderHoldsNothing() {
        assertThat(rejected.holdsStock()).isFalse();
        assertThat(rejected.quantities().bySku()).isEmpty();
    }

    @Test
    void onlyReservedStockIsCommitted() {
        assertThatIllegalStateException().isThrownBy(() -> rejected.commit(NOW));
        reserved.commit(NOW);
        assertThatIllegalStateException().isThrownBy(() -> reserved.commit(NOW));
        reserved.release(NOW);
        assertThatIllegalStateException().isThrownBy(() -> reserved.commit(NOW));
    }

    @Test
    void onlyHeldStockIsReleased() {
        assertThatIllegalStateException().isThrownBy(() -> rejected.release(NOW));
        reserved.release(NOW);
        assertThatIllegalStateException().isThrownBy(() -> reserved.release(NOW));
    }
}
