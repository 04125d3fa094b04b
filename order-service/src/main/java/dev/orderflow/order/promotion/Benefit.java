package dev.orderflow.order.promotion;

import dev.orderflow.events.Money;
import java.math.BigDecimal;

/** Benefit of a promotion: a part that it takes off the price of a cart. */
public sealed interface Benefit {

    /**
     * Takes a part off all goods, rounded to the currency's decimals, half up.
     *
     * @param percentage more than 0, at most 100, with at most two decimals
     */
    record Percentage(BigDecimal percentage) implements Benefit {

        /** @throws IllegalArgumentException if the percentage is out of range, or has more than two decimals */
        public Percentage {
            if (percentage.signum() <= 0
                    || percentage.compareTo(BigDecimal.valueOf(100)) > 0
                    || percentage.scale() > 2) {
                throw new IllegalArgumentException(
                        "a percentage is above 0 and at most 100, with at most two decimals");
            }
        }
    }

    /**
     * Takes an amount off all goods, at most what they cost.
     *
     * @param amount above zero; the promotion is for carts in its currency
     */
    record AmountOff(Money amount) implements Benefit {

        /** @throws IllegalArgumentException unless the amount is above zero */
        public AmountOff {
            if (amount.amount().signum() <= 0) {
                throw new IllegalArgumentException("an amount off is above zero");
            }
        }
    }

    /**
     * Takes the price of units off that follow units to be paid: of {@code buy + get} units of a product, {@code get} are free,
     * and again of the next ones.
     *
     * @param buy 1 or more
     * @param get 1 or more
     */
    record BuyNGetM(String sku, int buy, int get) implements Benefit {

        /** @throws IllegalArgumentException if either number is below 1 */
        public BuyNGetM {
            if (buy < 1 || get < 1) {
                throw new IllegalArgumentException("units to buy and to get are 1 or more");
            }
        }

        /** Returns how many of {@code quantity} units are free. */
        long free(long quantity) {
            var group = (long) buy + get;
            return quantity / group * get + Math.max(0, quantity % group - buy);
        }
    }

    /** Takes the fee for shipping off. */
    record FreeShipping() implements Benefit {}
}
