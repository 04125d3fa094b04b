package dev.orderflow.events.payment;

import dev.orderflow.eventing.EventType;
import dev.orderflow.events.Bounds;
import dev.orderflow.events.Money;
import java.time.Instant;
import java.util.UUID;

/** The provider refused; nothing was captured. */
@EventType("dev.orderflow.payment.declined.v1")
public record PaymentDeclined(
        UUID orderId,
        Money amount,
        @Bounds(max = Bounds.PROVIDER_REASON) String reason,
        Instant at) implements PaymentEvent {}
