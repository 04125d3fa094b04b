package dev.orderflow.events.order;

import dev.orderflow.events.Bounds;
import dev.orderflow.events.Money;

/**
 * One product of an order, and how its price came about.
 *
 * @param quantity  1 or more
 * @param listPrice the catalog's price of a unit
 * @param discount  what is taken off the list price of a unit; zero if nothing is
 * @param netPrice  price of a unit: list price less discount
 * @param amount    net price times quantity
 */
public record PricedOrderLine(
        @Bounds(pattern = Bounds.SKU) String sku,
        @Bounds(min = 1, max = Bounds.PRODUCT_NAME) String name,
        @Bounds(min = 1) int quantity,
        Money listPrice,
        Money discount,
        Money netPrice,
        Money amount) {

    /** The same line in version 1, which knows only the price that is paid. */
    OrderLine toV1() {
        return new OrderLine(sku, name, quantity, netPrice, amount);
    }
}
