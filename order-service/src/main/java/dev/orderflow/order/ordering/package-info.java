/**
 * The order: the use cases that place, change and read it. Start reading at {@code OrderPlacement} and {@code
 * OrderEventHandlers}.
 */
@NullMarked
package dev.orderflow.order.ordering;

import org.jspecify.annotations.NullMarked;
