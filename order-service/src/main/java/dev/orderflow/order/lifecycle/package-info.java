/** The statuses of an order, and the state machine that decides which follows which. */
@NullMarked
package dev.orderflow.order.lifecycle;

import org.jspecify.annotations.NullMarked;
