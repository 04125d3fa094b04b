package dev.orderflow.edge.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestTimeTests {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    @Test
    void withoutALimitAWaitIsAsLongAsItIs() {
        assertThat(RequestTime.atMost(LONGEST)).isEqualTo(LONGEST);
        try (var _ = RequestTime.open(null, System.nanoTime())) {
            assertThat(RequestTime.atMost(LONGEST)).isEqualTo(LONGEST);
        }
    }

    @Test
    void aWaitIsBoundedByTheRemainingTime() {
        try (var _ = RequestTime.open(Duration.ofSeconds(5), System.nanoTime())) {
            assertThat(RequestTime.atMost(LONGEST)).isBetween(Duration.ofMillis(100), Duration.ofSeconds(5));
            assertThat(RequestTime.atMost(Duration.ofMillis(50))).isEqualTo(Duration.ofMillis(50));
        }
        assertThat(RequestTime.atMost(LONGEST)).isEqualTo(LONGEST);
    }

    @Test
    void aWaitHas100MillisecondsAlsoWhenTheTimeIsOver() {
        try (var _ = RequestTime.open(Duration.ZERO, System.nanoTime())) {
            assertThat(RequestTime.atMost(LONGEST)).isEqualTo(Duration.ofMillis(100));
        }
    }

    /** Several threads may carry out one request, one after another. */
    @Test
    void theTimeCountsFromTheBeginningOfTheRequest() {
        var begin = System.nanoTime() - Duration.ofSeconds(4).toNanos();

        try (var _ = RequestTime.open(Duration.ofSeconds(5), begin)) {
            assertThat(RequestTime.atMost(LONGEST)).isLessThanOrEqualTo(Duration.ofSeconds(1));
        }
    }
}
