package dev.orderflow.order.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.order.ordering.OrdersInFlight.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdmissionLimitTests {

    private static final Duration TARGET = Duration.ofSeconds(2);
    private static final long LOOK = Duration.ofMillis(500).toNanos();

    private final AdmissionLimit limit = new AdmissionLimit(100, 5_000, TARGET);

    private long now;

    @Test
    void itGrowsWhileItIsUsedAndNobodyIsLate() {
        look(limit.orders(), 0);

        assertThat(limit.orders()).isEqualTo(110);
    }

    @Test
    void itStaysWhileItIsNotUsed() {
        look(20, 0);

        assertThat(limit.orders()).isEqualTo(100);
    }

    @Test
    void itNeverExceedsTheMost() {
        for (var i = 0; i < 200; i++) {
            look(limit.orders(), 0);
        }

        assertThat(limit.orders()).isEqualTo(5_000);
    }

    @Test
    void aFewOrdersThatAreRetriedDoNotShrinkIt() {
        look(1_000, 40);

        assertThat(limit.orders()).isGreaterThan(100);
    }

    @Test
    void itShrinksWhenManyAreLateButOnceInATargetTime() {
        growTo(1_000);
        var before = limit.orders();

        look(before, before);
        var after = limit.orders();
        look(before, before);

        assertThat(after).isBetween(before * 7 / 10, before * 8 / 10);
        assertThat(limit.orders()).isEqualTo(after);

        now += TARGET.toNanos();
        look(before, before);

        assertThat(limit.orders()).isLessThan(after);
    }

    @Test
    void itNeverFallsBelowTheLeast() {
        for (var i = 0; i < 50; i++) {
            now += TARGET.toNanos();
            look(10_000, 10_000);
        }

        assertThat(limit.orders()).isEqualTo(100);
    }

    /** A flow of a fixed capacity, into which as many orders come as the limit lets in. */
    @Test
    void underOverloadOrdersArePaidAboutAsSoonAsTheTargetAsks() {
        for (var capacity : new int[] {60, 300, 1_200}) {
            var settled = new AdmissionLimit(100, 5_000, TARGET);
            var at = 0L;
            var sum = 0L;
            for (var look = 0; look < 400; look++) {
                at += LOOK;
                var waiting = settled.orders();
                var late = Math.max(0, waiting - (int) (capacity * TARGET.toSeconds()));
                settled.observe(new Step(waiting, late), at);
                sum += look < 200 ? 0 : waiting;
            }
            assertThat(sum / 200.0 / capacity)
                    .as("seconds in flight at %d orders/s", capacity)
                    .isBetween(1.2, 2.4);
        }
    }

    private void growTo(int orders) {
        while (limit.orders() < orders) {
            look(limit.orders(), 0);
        }
    }

    private void look(int waiting, int late) {
        now += LOOK;
        limit.observe(new Step(waiting, late), now);
    }
}
