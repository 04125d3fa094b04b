package dev.orderflow.eventing.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DutyCycleTests {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final DutyCycle duty = new DutyCycle(now::get, Duration.ofMillis(10), Duration.ofMillis(100));

    @ParameterizedTest
    @CsvSource({
        "0, 10", // at least 10 from begin to begin
        "1, 9", "3, 7", "4, 8", // a third of the time
        "20, 40", "30, 60", "40, 60", // at most 100 from begin to begin
        "99, 1", "100, 0", "5000, 0"
    })
    void restsAccordingToWhatItWorked(long workedMillis, long restMillis) {
        duty.begin();
        now.addAndGet(Duration.ofMillis(workedMillis).toNanos());

        assertThat(Duration.ofNanos(duty.restNanos(2))).isEqualTo(Duration.ofMillis(restMillis));
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "4, 6", "10, 0", "20, 0"})
    void restsOnlyShortlyAfterASingleEvent(long workedMillis, long restMillis) {
        duty.begin();
        now.addAndGet(Duration.ofMillis(workedMillis).toNanos());

        assertThat(Duration.ofNanos(duty.restNanos(1))).isEqualTo(Duration.ofMillis(restMillis));
    }
}
