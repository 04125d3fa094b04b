package dev.orderflow.events.payment;

import dev.orderflow.eventing.EventType;
import dev.orderflow.events.Money;
import java.time.Instant;
import java.util.UUID;

/** The provider refunded the captured amount. */
@EventType("dev.orderflow.payment.refunded.v1")
public record PaymentRefunded(UUID orderId, Money amount, String providerReference, Instant at)
        implements PaymentEvent {}
