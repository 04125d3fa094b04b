package dev.orderflow.edge;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Refuses a request because the service has enough to do. Nothing was done for this request. */
public final class OverloadedException extends ErrorResponseException {

    public OverloadedException(String detail) {
        super(HttpStatus.SERVICE_UNAVAILABLE, problem(detail), null);
        getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
    }

    private static ProblemDetail problem(String detail) {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, detail);
        problem.setProperty("code", "overloaded");
        return problem;
    }

    /** There are the most of them when there is the least time. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
