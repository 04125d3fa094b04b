package dev.orderflow.events.order;

import dev.orderflow.eventing.EventType;
import dev.orderflow.events.Money;
import java.time.Instant;
import java.util.UUID;

/** The order's total was captured. */
@EventType("dev.orderflow.order.paid.v1")
public record OrderPaid(UUID orderId, String customerId, Money total, Instant at) implements OrderEvent {}
