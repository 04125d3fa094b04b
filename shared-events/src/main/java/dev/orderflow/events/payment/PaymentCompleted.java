package dev.orderflow.events.payment;

import dev.orderflow.eventing.EventType;
import dev.orderflow.events.Bounds;
import dev.orderflow.events.Money;
import java.time.Instant;
import java.util.UUID;

/** The provider captured the order's total. */
@EventType("dev.orderflow.payment.completed.v1")
public record PaymentCompleted(
        UUID orderId,
        Money amount,
        @Bounds(min = 1, max = Bounds.PROVIDER_REFERENCE) String providerReference,
        Instant at)
        implements PaymentEvent {}
