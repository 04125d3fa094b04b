package dev.orderflow.loyalty.points;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointsAccountTests {

    private static final PointsAccount EMPTY = PointsAccount.empty(new PointsAccount.Key("demo", "~c"));

    @Test
    void anAwardSettlesTheDebtFirst() {
        var indebted = EMPTY.award(10).redeem(10).reverse(10);
        assertThat(indebted).isEqualTo(account(0, 10));

        assertThat(indebted.award(4)).isEqualTo(account(0, 6));
        assertThat(indebted.award(10)).isEqualTo(account(0, 0));
        assertThat(indebted.award(15)).isEqualTo(account(5, 0));
    }

    @Test
    void aReversalBeyondTheBalanceBecomesDebt() {
        assertThat(EMPTY.award(10).redeem(7).reverse(10)).isEqualTo(account(0, 7));
    }

    @Test
    void noMoreThanTheBalanceIsRedeemed() {
        var account = EMPTY.award(10);

        assertThat(account.redeem(10)).isEqualTo(account(0, 0));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> account.redeem(11));
    }

    @Test
    void noBalanceOverflows() {
        var full = EMPTY.award(Long.MAX_VALUE);

        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> full.award(1));
    }

    /** Random changes: awards, reversals of any of them, in any order, and redemptions of what the balance allows. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2026})
    void balanceLessDebtIsTheSumOfTheChangesAndOneOfThemIsZero(long seed) {
        var random = new Random(seed);
        var awards = new ArrayList<Long>();
        var account = EMPTY;
        var sum = 0L;
        for (var step = 0; step < 2_000; step++) {
            switch (random.nextInt(3)) {
                case 0 -> {
                    var points = random.nextLong(random.nextBoolean() ? 10 : 1_000_000);
                    awards.add(points);
                    account = account.award(points);
                    sum += points;
                }
                case 1 -> {
                    if (!awards.isEmpty()) {
                        var points = awards.remove(random.nextInt(awards.size()));
                        account = account.reverse(points);
                        sum -= points;
                    }
                }
                default -> {
                    if (account.balance() > 0) {
                        var points = 1 + random.nextLong(account.balance());
                        account = account.redeem(points);
                        sum -= points;
                    }
                }
            }
            assertThat(account.balance() - account.debt())
                    .as("step %d of seed %d", step, seed)
                    .isEqualTo(sum);
            assertThat(account.balance()).isEqualTo(Math.max(sum, 0));
            assertThat(account.debt()).isEqualTo(Math.max(-sum, 0));
        }
    }

    private static PointsAccount account(long balance, long debt) {
        return new PointsAccount("demo", "~c", balance, debt);
    }
}
