package dev.orderflow.order.ordering;

import dev.orderflow.events.Money;
import dev.orderflow.events.order.PricedOrderLine;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.math.BigDecimal;

/**
 * One line of an order, with the product's name and price at the moment the order was placed.
 *
 * @param unitPrice in the order's currency
 * @param amount    unit price times quantity
 */
@Embeddable
record PricedLine(
        String sku,
        String name,
        int quantity,
        @Column(name = "unit_price") BigDecimal unitPrice,
        BigDecimal amount) {

    /** Returns the line as events show it, in {@code currency} and at the list price: there are no promotions yet. */
    PricedOrderLine ofEvent(String currency) {
        var price = new Money(unitPrice, currency);
        return new PricedOrderLine(
                sku, name, quantity, price, Money.zero(currency), price, new Money(amount, currency));
    }
}
