package dev.orderflow.order.promotion;

import dev.orderflow.events.Money;
import java.util.List;
import java.util.Set;

/**
 * The price of a cart, and how it came about.
 *
 * @param discounts      what is taken off each line, in the order of the cart's lines
 * @param shipping       fee that is left
 * @param applied        in the order in which they were applied
 * @param rejected       promotions that do not apply, except those whose coupon is not given
 * @param unknownCoupons given ones that no promotion has
 * @param total          goods less discounts, and shipping; zero or more
 */
public record PricedCart(
        List<Money> discounts,
        Money shipping,
        List<Applied> applied,
        List<Rejected> rejected,
        Set<String> unknownCoupons,
        Money total) {

    /** @param amount what the promotion takes off, above zero */
    public record Applied(Promotion promotion, Money amount) {}

    /** A promotion that does not apply. */
    public record Rejected(Promotion promotion, Rejection why) {}

    public PricedCart {
        discounts = List.copyOf(discounts);
        applied = List.copyOf(applied);
        rejected = List.copyOf(rejected);
        unknownCoupons = Set.copyOf(unknownCoupons);
    }
}
