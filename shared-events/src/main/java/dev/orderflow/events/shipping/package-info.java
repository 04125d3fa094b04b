/** Events in which shipping-service reports what becomes of an order's parcel. Keyed by order id. */
@NullMarked
package dev.orderflow.events.shipping;

import org.jspecify.annotations.NullMarked;
