package dev.orderflow.edge.orders;

import org.jspecify.annotations.Nullable;

/** Thrown when order-service gives no answer that can be used. Counts towards opening the circuit. */
public class OrdersUnavailableException extends RuntimeException {

    public OrdersUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
