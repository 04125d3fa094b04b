package dev.orderflow.loyalty.owner;

import org.jspecify.annotations.Nullable;

/** Thrown when order-service does not say who a customer is. Counts towards opening the circuit. */
class OrdersUnavailableException extends RuntimeException {

    OrdersUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
