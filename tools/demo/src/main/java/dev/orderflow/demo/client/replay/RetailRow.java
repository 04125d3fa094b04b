package dev.orderflow.demo.client.replay;

import java.math.BigDecimal;

/**
 * One syntactically valid row of the file. It need not make sense as part of an order.
 *
 * @param invoice begins with C for a cancellation
 * @param customer empty when unknown
 */
record RetailRow(String invoice, String sku, String description, int quantity, BigDecimal price, String customer) {}
