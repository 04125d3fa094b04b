package dev.orderflow.order.ordering;

import dev.orderflow.eventing.NotRetryable;

/** Another service's answer contradicts its order. A retry cannot succeed. */
@NotRetryable
class AnswerMismatchException extends RuntimeException {

    private final String fact;

    /** @param fact the contradicted property of the order, such as {@code amount} */
    AnswerMismatchException(String fact, String message) {
        super(message);
        this.fact = fact;
    }

    String fact() {
        return fact;
    }
}
