/** Events of inventory-service: answers about an order's stock, keyed by order id, and stock levels, keyed by product. */
@NullMarked
package dev.orderflow.events.stock;

import org.jspecify.annotations.NullMarked;
