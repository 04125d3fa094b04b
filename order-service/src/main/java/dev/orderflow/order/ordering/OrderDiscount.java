package dev.orderflow.order.ordering;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * What a promotion took off an order.
 *
 * @param version of the promotion that priced the order
 * @param amount  above zero, in the order's currency
 */
record OrderDiscount(UUID promotionId, long version, String name, BigDecimal amount) {}
