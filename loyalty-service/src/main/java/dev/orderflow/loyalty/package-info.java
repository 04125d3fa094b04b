/** Loyalty-service: awards points for paid orders, takes back those of cancelled orders, and redeems points. */
@NullMarked
package dev.orderflow.loyalty;

import org.jspecify.annotations.NullMarked;
