package dev.orderflow.order.ordering;

import dev.orderflow.order.lifecycle.OrderStatus;
import org.jspecify.annotations.Nullable;

/** Criteria of a list of orders; null matches any value. */
record OrderFilter(@Nullable String customerId, @Nullable OrderStatus status) {}
