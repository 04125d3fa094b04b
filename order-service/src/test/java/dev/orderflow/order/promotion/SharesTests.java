package dev.orderflow.order.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharesTests {

    @Test
    void theLargestRemaindersAreRoundedUp() {
        assertThat(Shares.of(10, new long[] {333, 333, 334})).containsExactly(3, 3, 4);
        assertThat(Shares.of(1, new long[] {1, 1, 1})).containsExactly(1, 0, 0);
        assertThat(Shares.of(5, new long[] {7, 0, 3})).containsExactly(4, 0, 1);
    }

    @Test
    void theWholeIsShared() {
        assertThat(Shares.of(0, new long[] {0, 0})).containsExactly(0, 0);
        assertThat(Shares.of(7, new long[] {3, 4})).containsExactly(3, 4);
    }

    @Test
    void largeAmountsAreExact() {
        var half = Long.MAX_VALUE / 4;

        assertThat(Shares.of(half, new long[] {half, half})).containsExactly(half / 2 + 1, half / 2);
    }
}
