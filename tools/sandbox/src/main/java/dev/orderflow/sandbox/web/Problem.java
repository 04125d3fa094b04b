package dev.orderflow.sandbox.web;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A refusal, answered as a problem detail (RFC 9457) with a {@code code} that programs can tell apart. */
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
