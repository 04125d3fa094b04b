package dev.orderflow.order.ordering;

import dev.orderflow.eventing.NotRetryable;

/** Another service's answer contradicts the order that it is about. Repeating it would not make it fit. */
@NotRetryable
class AnswerMismatchException extends RuntimeException {

    private final String fact;

    /** @param fact what of the order is contradicted, such as {@code amount} */
    AnswerMismatchException(String fact, String message) {
        super(message);
        this.fact = fact;
    }

    String fact() {
        return fact;
    }
}
