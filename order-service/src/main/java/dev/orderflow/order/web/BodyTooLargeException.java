package dev.orderflow.order.web;

import java.io.IOException;

/** A request's body exceeds what this API takes. An I/O error to whoever reads it. */
class BodyTooLargeException extends IOException {

    static final String CODE = "body_too_large";

    BodyTooLargeException(long limit) {
        super("The body must not exceed " + limit + " bytes.");
    }
}
