package dev.orderflow.order.ordering;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * Discount of an order by a promotion.
 *
 * @param version of the promotion that priced the order
 * @param amount  above zero, in the order's currency
 */
record OrderDiscount(UUID promotionId, long version, String name, BigDecimal amount) {}
