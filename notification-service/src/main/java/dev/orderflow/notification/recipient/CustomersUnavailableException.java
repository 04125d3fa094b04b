package dev.orderflow.notification.recipient;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when nobody says where a customer's e-mails go: order-service, or the issuer of tokens for it, does not answer or
 * refuses. Counts towards opening the circuit {@code customers}. Its message names no customer.
 */
class CustomersUnavailableException extends RuntimeException {

    CustomersUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
