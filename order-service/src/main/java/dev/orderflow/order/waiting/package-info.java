/** Long polling: a request waits until an order has the status that its client awaits. */
@NullMarked
package dev.orderflow.order.waiting;

import org.jspecify.annotations.NullMarked;
