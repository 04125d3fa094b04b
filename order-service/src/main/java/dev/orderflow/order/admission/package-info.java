/** Bounds the orders in flight: more are refused while those that are placed take too long. */
@NullMarked
package dev.orderflow.order.admission;

import org.jspecify.annotations.NullMarked;
