package dev.orderflow.verify.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdentityTests {

    /** UUIDv7 of one millisecond, as a generator counts them up. */
    @Test
    void noVersionOfAnEventIsTakenForANeighbour() {
        var identities = new HashSet<UUID>();

        for (var event = 0; event < 10_000; event++) {
            var id = new UUID(0x0199_aaaa_bbbb_7123L, 0x8000_0000_0000_0000L + event);
            assertThat(identities.add(EventIdentity.of(id, 1))).isTrue();
            assertThat(identities.add(EventIdentity.of(id, 2))).isTrue();
            assertThat(EventIdentity.of(EventIdentity.of(id, 2), 2)).isEqualTo(id);
        }
    }
}
