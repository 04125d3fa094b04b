/** Shipping-service: dispatches paid orders, follows their parcels, and stops those of cancelled orders. */
@NullMarked
package dev.orderflow.shipping;

import org.jspecify.annotations.NullMarked;
