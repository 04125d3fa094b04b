package dev.orderflow.events.timer;

import dev.orderflow.eventing.EventType;
import java.util.UUID;

/** The time has come for the next step towards an order that may not be paid. An order has at most one that is scheduled. */
@EventType(value = "dev.orderflow.timer.paymentdue.v1", intent = "payment_timeout")
public record PaymentDue(UUID orderId, Step step) implements OrderTimer {

    /** Consequence for an order that still waits for its payment. */
    public enum Step {
        /** The customer is reminded, and the time-out scheduled. */
        REMINDER,
        /** The order is cancelled. */
        TIMEOUT
    }
}
