package dev.orderflow.order.ordering;

import java.util.UUID;

/** Said inside this process, in the transaction that changes an order; listeners wait for its commit. */
record OrderStatusChanged(UUID orderId, OrderStatus status) {}
