/**
 * Promotions: rules that lower the price of a cart. Their evaluation is pure; every instance holds them in memory.
 */
@NullMarked
package dev.orderflow.order.promotion;

import org.jspecify.annotations.NullMarked;
