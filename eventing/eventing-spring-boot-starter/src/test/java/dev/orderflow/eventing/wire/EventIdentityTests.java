package dev.orderflow.eventing.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdentityTests {

    private static final String OWN = "01a1fdd5-ce7b-7411-b0be-d0a8e168ee48";

    /** Own events are remembered under this id already. */
    @Test
    void aTimeOrderedUuidIsRememberedAlone() {
        assertThat(EventIdentity.of("a", OWN)).isEqualTo(UUID.fromString(OWN));
        assertThat(EventIdentity.of("b", OWN.toUpperCase(Locale.ROOT))).isEqualTo(UUID.fromString(OWN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9b2c3a52-5d5e-4f0e-9f6d-0d6c2b0d1a11",
                "1ec9414c-232a-11f1-b3c8-9e6bdeced846",
                "00000000-0000-0000-0000-000000000000"
            })
    void anyOtherUuidIsUniqueWithinItsSource(String id) {
        var identity = EventIdentity.of("a", id);

        assertThat(EventIdentity.of("b", id)).isNotEqualTo(identity);
        assertThat(EventIdentity.of("a", id)).isEqualTo(identity).isNotEqualTo(UUID.fromString(id));
        assertThat(EventIdentity.of("a", id.toUpperCase(Locale.ROOT))).isEqualTo(identity);
    }

    /** The id under which such events are remembered must not change. */
    @Test
    void anyOtherTextIsHashedWithItsSource() {
        assertThat(EventIdentity.of("a", "42")).isEqualTo(UUID.fromString("c562e819-8e57-33ca-9d2a-1b5dce47efb1"));
        assertThat(EventIdentity.of("b", "42")).isNotEqualTo(EventIdentity.of("a", "42"));
    }
}
