package dev.orderflow.edge.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Thrown for a request that was understood but is not carried out; nothing has changed. Answered over HTTP with a problem
 * detail (RFC 9457).
 * <p>
 * It reports a fault of the caller, not of the service, and has no stack trace: most refusals occur under overload.
 */
public final class Refusal extends RuntimeException {

    /** Reasons of refusals, which each protocol expresses by a status of its own. */
    public enum Kind {
        /** Malformed in a way that general validation cannot find. */
        INVALID(HttpStatus.BAD_REQUEST),
        /** The caller is not known. */
        UNAUTHENTICATED(HttpStatus.UNAUTHORIZED),
        /** The caller is known and may not do this. */
        FORBIDDEN(HttpStatus.FORBIDDEN),
        /** The requested resource does not exist. */
        NOT_FOUND(HttpStatus.NOT_FOUND),
        /** Conflicts with another request or with the current state, and may succeed later. */
        CONFLICT(HttpStatus.CONFLICT),
        /** Cannot succeed as it is. */
        UNACCEPTABLE(HttpStatus.UNPROCESSABLE_CONTENT),
        /** Cannot be carried out at the moment. */
        UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
        /** One of too many requests. */
        OVERLOADED(HttpStatus.TOO_MANY_REQUESTS);

        private final HttpStatus status;

        Kind(HttpStatus status) {
            this.status = status;
        }
    }

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Kind kind;
    private final String code;
    private final List<Violation> violations;
    private final @Nullable Duration retryAfter;
    private final @Nullable String resource;

    private Refusal(Kind kind, String code, String detail, List<Violation> violations, @Nullable Duration retryAfter) {
        this(kind, code, detail, violations, retryAfter, null);
    }

    private Refusal(
            Kind kind,
            String code,
            String detail,
            List<Violation> violations,
            @Nullable Duration retryAfter,
            @Nullable String resource) {
        super(detail, null, false, false);
        this.kind = kind;
        this.code = code;
        this.violations = violations;
        this.retryAfter = retryAfter;
        this.resource = resource;
    }

    /** Creates a refusal with status 400: the request is malformed in a way that general validation cannot find. */
    public static Refusal invalid(String code, String detail, Violation violation) {
        return invalid(code, detail, List.of(violation));
    }

    /** Creates a refusal with status 400: the request is malformed in a way that general validation cannot find. */
    public static Refusal invalid(String code, String detail, List<Violation> violations) {
        return new Refusal(Kind.INVALID, code, detail, List.copyOf(violations), null);
    }

    /** Creates a refusal with status 401: the caller is not known. */
    public static Refusal unauthenticated(String code, String detail) {
        return new Refusal(Kind.UNAUTHENTICATED, code, detail, List.of(), null);
    }

    /** Creates a refusal with status 403: the caller is known and may not do this. */
    public static Refusal forbidden(String code, String detail, Violation... violations) {
        return new Refusal(Kind.FORBIDDEN, code, detail, List.of(violations), null);
    }

    /** Creates a refusal with status 404: the requested resource does not exist. */
    public static Refusal notFound(String code, String detail) {
        return new Refusal(Kind.NOT_FOUND, code, detail, List.of(), null);
    }

    /** @param resource id of the resource that does not exist */
    public static Refusal notFound(String code, String detail, String resource) {
        return new Refusal(Kind.NOT_FOUND, code, detail, List.of(), null, resource);
    }

    /**
     * Creates a refusal with status 409: the request conflicts with another one or with the current state, and may
     * succeed later.
     */
    public static Refusal conflict(String code, String detail) {
        return new Refusal(Kind.CONFLICT, code, detail, List.of(), null);
    }

    /** Creates a refusal with status 422: the request cannot succeed as it is. */
    public static Refusal unacceptable(String code, String detail, Violation... violations) {
        return unacceptable(code, detail, List.of(violations));
    }

    /** Creates a refusal with status 422: the request cannot succeed as it is. */
    public static Refusal unacceptable(String code, String detail, List<Violation> violations) {
        return new Refusal(Kind.UNACCEPTABLE, code, detail, List.copyOf(violations), null);
    }

    /** Creates a refusal with status 503: the service cannot carry out the request at the moment. */
    public static Refusal unavailable(String code, String detail) {
        return new Refusal(Kind.UNAVAILABLE, code, detail, List.of(), null);
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
        return new Refusal(Kind.OVERLOADED, "overloaded", detail, List.of(), retryAfter);
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

    /** Returns the id of the resource that does not exist; null if the refusal names none. */
    public @Nullable String resource() {
        return resource;
    }

    public Kind kind() {
        return kind;
    }

    /** Returns the status of its answer over HTTP. */
    public HttpStatus status() {
        return kind.status;
    }
}
