package dev.orderflow.order.ordering;

import dev.orderflow.events.Money;
import dev.orderflow.events.order.PricedOrderLine;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of an order, with the product's name and price at the moment the order was placed.
 *
 * @param unitPrice the catalog's, in the order's currency
 * @param amount    unit price times quantity
 * @param discount  what promotions take off the amount; zero if nothing
 */
@Embeddable
record PricedLine(
        String sku,
        String name,
        int quantity,
        @Column(name = "unit_price") BigDecimal unitPrice,
        BigDecimal amount,
        BigDecimal discount) {

    /** Creates a line at the catalog's price. */
    PricedLine(String sku, String name, int quantity, BigDecimal unitPrice, BigDecimal amount) {
        this(sku, name, quantity, unitPrice, amount, BigDecimal.ZERO.setScale(amount.scale()));
    }

    PricedLine discounted(Money by) {
        return new PricedLine(sku, name, quantity, unitPrice, amount, by.amount());
    }

    /**
     * Returns the line as events have it, with an exact discount per unit: two lines if the discount cannot be divided by the
     * quantity, whose discounts differ by the currency's smallest unit.
     */
    List<PricedOrderLine> ofEvent(String currency) {
        var all = new Money(discount, currency).amount();
        var shares = all.unscaledValue()
                .divideAndRemainder(BigDecimal.valueOf(quantity).toBigInteger());
        var smaller = new BigDecimal(shares[0], all.scale());
        var withLarger = shares[1].intValueExact();
        var lines = new ArrayList<PricedOrderLine>(2);
        lines.add(ofEvent(quantity - withLarger, smaller, currency));
        if (withLarger > 0) {
            lines.add(ofEvent(withLarger, smaller.add(BigDecimal.ONE.movePointLeft(all.scale())), currency));
        }
        return lines;
    }

    private PricedOrderLine ofEvent(int units, BigDecimal discountOfUnit, String currency) {
        var net = new Money(unitPrice.subtract(discountOfUnit), currency);
        return new PricedOrderLine(
                sku,
                name,
                units,
                new Money(unitPrice, currency),
                new Money(discountOfUnit, currency),
                net,
                net.times(units));
    }
}
