package dev.orderflow.eventing.admin.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTests {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void withoutARateAllMayLeave() {
        assertThat(pace(null, 0).allowed(100)).isEqualTo(100);
    }

    @Test
    void theFirstMayLeaveAtOnceAndTheNextAfterItsShareOfASecond() {
        assertThat(pace(4.0, 0).allowed(100)).isEqualTo(1);
        assertThat(pace(4.0, 0).dueAfter(1)).isEqualTo(NOW.plusMillis(250));
        assertThat(pace(4.0, -250).allowed(100)).isZero();
    }

    @Test
    void whatTheWorkerWasLateForIsCaughtUpOn() {
        assertThat(pace(10.0, 500).allowed(100)).isEqualTo(6);
        assertThat(pace(10.0, 500).dueAfter(6)).isEqualTo(NOW.plusMillis(100));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 3, 10, 99.5, 10_000})
    void afterALongBreakOneSecondsWorthMayLeave(double rate) {
        assertThat(pace(rate, Duration.ofDays(1).toMillis()).allowed(Integer.MAX_VALUE))
                .isEqualTo((int) rate);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.001, Double.MIN_VALUE})
    void ofASlowRateOneMayLeaveAfterABreak(double rate) {
        assertThat(pace(rate, Duration.ofDays(1).toMillis()).allowed(100)).isEqualTo(1);
        assertThat(pace(rate, 0).dueAfter(1)).isAfter(NOW.plusSeconds(1));
    }

    private static Pace pace(@Nullable Double rate, long millisLate) {
        return new Pace(rate, NOW.minusMillis(millisLate), NOW);
    }
}
