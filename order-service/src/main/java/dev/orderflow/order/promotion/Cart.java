package dev.orderflow.order.promotion;

import dev.orderflow.events.Money;
import java.util.List;

/**
 * Goods that a customer wants to buy, at list prices.
 *
 * @param lines    one or more, all in one currency; a product may be in several
 * @param shipping fee for shipping, in the same currency; zero if there is none
 */
public record Cart(List<Line> lines, Money shipping) {

    /** @param quantity 1 or more */
    public record Line(String sku, int quantity, Money listPrice) {

        /** @throws IllegalArgumentException if the quantity is below 1, or the price is negative */
        public Line {
            if (quantity < 1 || listPrice.amount().signum() < 0) {
                throw new IllegalArgumentException("a line has one unit or more, and a price of zero or more");
            }
        }

        Money amount() {
            return listPrice.times(quantity);
        }
    }

    private static final int MOST_BITS = 62;

    /** @throws IllegalArgumentException if there is no line, currencies are mixed, or it costs over 4 × 10^18 smallest units */
    public Cart {
        lines = List.copyOf(lines);
        var currency = shipping.currency();
        if (lines.isEmpty()
                || lines.stream().anyMatch(line -> !line.listPrice().currency().equals(currency))) {
            throw new IllegalArgumentException("a cart has one line or more, all in the currency of its shipping fee");
        }
        if (shipping.amount().signum() < 0) {
            throw new IllegalArgumentException("shipping costs zero or more");
        }
        if (sum(lines, shipping).amount().unscaledValue().bitLength() > MOST_BITS) {
            throw new IllegalArgumentException("a cart costs less than 2^" + MOST_BITS + " of the smallest units");
        }
    }

    private static Money sum(List<Line> lines, Money shipping) {
        return lines.stream().map(Line::amount).reduce(shipping, Money::plus);
    }

    String currency() {
        return shipping.currency();
    }

    /** Returns the sum of the lines, without shipping. */
    Money goods() {
        return sum(lines, Money.zero(currency()));
    }
}
