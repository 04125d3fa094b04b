package dev.orderflow.bench.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PassagesTests {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration FOUR_SECONDS = Duration.ofSeconds(4);

    @Test
    void anOrderCountsInTheSliceInWhichItWasPlacedAndInThatInWhichItWasPaid() {
        var passages = new Passages(List.of(order(0, 100), order(1_500, 2_500), order(1_900, 2_100)));

        assertThat(passages.placedPerSecond(BEGIN, FOUR_SECONDS, 2)).containsExactly(1.5, 0.0);
        assertThat(passages.paidPerSecond(BEGIN, FOUR_SECONDS, 2)).containsExactly(0.5, 1.0);
    }

    @Test
    void ordersPaidAfterTheRunCountForLatencyOnly() {
        var passages = new Passages(List.of(order(3_900, 4_900)));

        assertThat(passages.paidPerSecond(BEGIN, FOUR_SECONDS, 1)).containsExactly(0.0);
        assertThat(passages.latency().getMaxValue()).isBetween(999_000_000L, 1_001_000_000L);
    }

    @Test
    void anOrderThatIsNotPaidHasNoLatency() {
        var passages = new Passages(List.of(order(0, null), order(0, 10)));

        assertThat(passages.unpaid()).isEqualTo(1);
        assertThat(passages.latency().getTotalCount()).isEqualTo(1);
    }

    private static Passage order(int placed, @Nullable Integer paid) {
        return new Passage(BEGIN.plusMillis(placed), paid == null ? null : BEGIN.plusMillis(paid));
    }
}
