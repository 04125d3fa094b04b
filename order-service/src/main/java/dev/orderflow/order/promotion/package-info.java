/** Promotions: rules that lower the price of a cart. Pure: no clock, no database. */
@NullMarked
package dev.orderflow.order.promotion;

import org.jspecify.annotations.NullMarked;
