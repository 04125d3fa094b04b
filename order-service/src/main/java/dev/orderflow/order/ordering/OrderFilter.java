package dev.orderflow.order.ordering;

import dev.orderflow.order.lifecycle.OrderStatus;
import org.jspecify.annotations.Nullable;

/** Criteria of a list of a tenant's orders; null matches any value. */
record OrderFilter(
        String tenant,
        @Nullable String customerId,
        @Nullable OrderStatus status) {}
