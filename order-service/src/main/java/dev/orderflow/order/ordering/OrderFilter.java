package dev.orderflow.order.ordering;

import org.jspecify.annotations.Nullable;

/** Which orders to list; null stands for any. */
record OrderFilter(@Nullable String customerId, @Nullable OrderStatus status) {}
