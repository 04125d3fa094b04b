package dev.orderflow.sandbox.web;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Rejection of a request, sent as a problem detail (RFC 9457) with a machine-readable {@code code}. */
public class Problem extends ErrorResponseException {

    public Problem(HttpStatus status, String code, String detail) {
        super(status, body(status, code, detail), null);
    }

    private static ProblemDetail body(HttpStatus status, String code, String detail) {
        var body = ProblemDetail.forStatusAndDetail(status, detail);
        body.setProperty("code", code);
        return body;
    }
}
