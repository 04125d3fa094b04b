/** Events in which order-service announces an order's status. Keyed by order id. */
@NullMarked
package dev.orderflow.events.order;

import org.jspecify.annotations.NullMarked;
