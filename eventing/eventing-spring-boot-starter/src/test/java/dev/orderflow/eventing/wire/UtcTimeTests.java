package dev.orderflow.eventing.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTimeTests {

    @Test
    void whatAnInstantIsWrittenAsIsThatInstant() {
        var random = new Random(1);
        for (var count = 0; count < 10_000; count++) {
            var instant = Instant.ofEpochSecond(
                    random.nextLong(-70_000_000_000L, 260_000_000_000L), nanos(random, count % 4));
            assertThat(UtcTime.parse(instant.toString())).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T13:11:20.1Z",
                "2026-11-21T13:11:20.Z",
                "2026-11-21T13:11:20+02:00",
                "2026-11-21t13:11:20z",
                "2026-12-31T23:59:60Z",
                "2026-11-21T24:00:00Z",
                "+12026-11-21T13:11:20Z",
                "-0001-11-21T13:11:20Z",
                "2024-02-29T00:00:00Z"
            })
    void everyOtherWayOfWritingIsReadAsEver(String text) {
        assertThat(UtcTime.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "yesterday",
                "2026-11-21",
                "2026-11-21T13:11Z",
                "2025-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-11-21T25:00:00Z",
                "2026-11-21T13:11:20",
                "2026-11-21T13:11:20.1234567890Z",
                "2026-11-21T13:11:20,5Z",
                "2026-11-21T13:1a:20Z"
            })
    void whatIsNoInstantIsRefused(String text) {
        assertThatThrownBy(() -> Instant.parse(text)).isInstanceOf(DateTimeParseException.class);
        assertThatThrownBy(() -> UtcTime.parse(text)).isInstanceOf(DateTimeParseException.class);
    }

    private static int nanos(Random random, int precision) {
        return switch (precision) {
            case 0 -> 0;
            case 1 -> random.nextInt(1_000) * 1_000_000;
            case 2 -> random.nextInt(1_000_000) * 1_000;
            default -> random.nextInt(1_000_000_000);
        };
    }
}
