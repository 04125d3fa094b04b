/** The order: its aggregate, its state machine, and each way in which it is placed, changed and read. */
@NullMarked
package dev.orderflow.order.ordering;

import org.jspecify.annotations.NullMarked;
