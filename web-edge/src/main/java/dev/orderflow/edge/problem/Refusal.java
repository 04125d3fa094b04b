package dev.orderflow.edge.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Thrown for a request that was understood but is not carried out; nothing has changed. Answered with a problem detail
 * (RFC 9457).
 * <p>
 * It reports a fault of the caller, not of the service, and has no stack trace: most refusals occur under overload.
 */
public final class Refusal extends RuntimeException {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final HttpStatus status;
    private final String code;
    private final List<Violation> violations;
    private final @Nullable Duration retryAfter;

    private Refusal(
            HttpStatus status, String code, String detail, List<Violation> violations, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.violations = violations;
        this.retryAfter = retryAfter;
    }

    /** Creates a refusal with status 400: the request is malformed in a way that general validation cannot find. */
    public static Refusal invalid(String code, String detail, Violation violation) {
        return new Refusal(HttpStatus.BAD_REQUEST, code, detail, List.of(violation), null);
    }

    /** Creates a refusal with status 404: the requested resource does not exist. */
    public static Refusal notFound(String code, String detail) {
        return new Refusal(HttpStatus.NOT_FOUND, code, detail, List.of(), null);
    }

    /**
     * Creates a refusal with status 409: the request conflicts with another one or with the current state, and may
     * succeed later.
     */
    public static Refusal conflict(String code, String detail) {
        return new Refusal(HttpStatus.CONFLICT, code, detail, List.of(), null);
    }

    /** Creates a refusal with status 422: the request cannot succeed as it is. */
    public static Refusal unacceptable(String code, String detail, Violation... violations) {
        return unacceptable(code, detail, List.of(violations));
    }

    /** Creates a refusal with status 422: the request cannot succeed as it is. */
    public static Refusal unacceptable(String code, String detail, List<Violation> violations) {
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, code, detail, List.copyOf(violations), null);
    }

    /** Creates a refusal with status 503: the service cannot carry out the request at the moment. */
    public static Refusal unavailable(String code, String detail) {
        return new Refusal(HttpStatus.SERVICE_UNAVAILABLE, code, detail, List.of(), null);
    }

    /**
     * Creates a refusal with status 429 and code {@code overloaded}. Suggests a retry after a second.
     * <p>
     * The status is not 503, after which Tomcat closes the connection: under overload, a new connection costs both
     * sides more than the refusal.
     */
    public static Refusal overloaded(String detail) {
        return overloaded(detail, SOON);
    }

    /** @param retryAfter time after which to retry, in whole seconds, 1 or more */
    public static Refusal overloaded(String detail, Duration retryAfter) {
        return new Refusal(HttpStatus.TOO_MANY_REQUESTS, "overloaded", detail, List.of(), retryAfter);
    }

    /**
     * Returns the code, which is stable and meant for programs, such as {@code unknown_sku}. The message is meant for
     * people.
     */
    public String code() {
        return code;
    }

    /** Returns the invalid fields; empty if the fault is in no particular field. */
    public List<Violation> violations() {
        return violations;
    }

    /** Returns the time after which to retry; null if none is suggested. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    HttpStatus status() {
        return status;
    }
}
