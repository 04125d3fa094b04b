/** Long polling: a request waits until an order has the awaited status. */
@NullMarked
package dev.orderflow.order.waiting;

import org.jspecify.annotations.NullMarked;
