/** The stock of each product and the reservations that orders hold on it. Start reading at {@code StockEventHandlers}. */
@NullMarked
package dev.orderflow.inventory.stock;

import org.jspecify.annotations.NullMarked;
