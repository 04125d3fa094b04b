/** Events in which inventory-service answers about an order's stock. Keyed by order id. */
@NullMarked
package dev.orderflow.events.stock;

import org.jspecify.annotations.NullMarked;
