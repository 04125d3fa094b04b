package dev.orderflow.order.ordering;

import dev.orderflow.order.lifecycle.OrderStatus;
import org.jspecify.annotations.Nullable;

/** The orders to list; null stands for any. */
record OrderFilter(@Nullable String customerId, @Nullable OrderStatus status) {}
