/** The statuses of an order, and the state machine that decides the transitions between them. */
@NullMarked
package dev.orderflow.order.lifecycle;

import org.jspecify.annotations.NullMarked;
