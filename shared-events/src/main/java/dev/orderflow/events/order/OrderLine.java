package dev.orderflow.events.order;

import dev.orderflow.events.Money;

/**
 * One product of an order.
 *
 * @param quantity 1 or more
 * @param amount   unit price times quantity
 */
public record OrderLine(String sku, String name, int quantity, Money unitPrice, Money amount) {}
