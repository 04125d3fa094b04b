package dev.orderflow.order.ordering;

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
        BigDecimal amount) {}
