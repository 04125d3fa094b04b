package dev.orderflow.events.order;

import dev.orderflow.eventing.EventType;
import java.time.Instant;
import java.util.UUID;

/** The order ended without delivery. Consumers compensate their effects. */
@EventType(value = "dev.orderflow.order.cancelled.v1", intent = "order_cancellation")
public record OrderCancelled(UUID orderId, String customerId, CancellationReason reason, Instant at)
        implements OrderEvent {}
