/**
 * The order: the use cases in which it is placed, changed and read. {@code OrderPlacement} and
 * {@code OrderEventHandlers} are the way in.
 */
@NullMarked
package dev.orderflow.order.ordering;

import org.jspecify.annotations.NullMarked;
