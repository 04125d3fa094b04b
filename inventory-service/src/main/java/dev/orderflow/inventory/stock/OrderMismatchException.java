package dev.orderflow.inventory.stock;

import dev.orderflow.eventing.NotRetryable;

/** An event contradicts what this service knows of its order. A retry cannot succeed. */
@NotRetryable
class OrderMismatchException extends RuntimeException {

    OrderMismatchException(String message) {
        super(message);
    }
}
