package dev.orderflow.order.refusal;

import java.util.List;

/**
 * A request was understood but is not carried out; nothing has changed. It is the caller's business, so it is no error of
 * the service and leaves no stack trace.
 */
public final class Refusal extends RuntimeException {

    /** What the caller can make of it. */
    public enum Kind {
        /** There is no such thing. */
        NOT_FOUND,
        /** Not now, because of something else that happens or happened. */
        CONFLICT,
        /** Never, as long as the request is what it is. */
        UNACCEPTABLE
    }

    private final Kind kind;
    private final String code;
    private final List<Violation> violations;

    private Refusal(Kind kind, String code, String detail, List<Violation> violations) {
        super(detail, null, false, false);
        this.kind = kind;
        this.code = code;
        this.violations = violations;
    }

    public static Refusal notFound(String code, String detail) {
        return new Refusal(Kind.NOT_FOUND, code, detail, List.of());
    }

    public static Refusal conflict(String code, String detail) {
        return new Refusal(Kind.CONFLICT, code, detail, List.of());
    }

    public static Refusal unacceptable(String code, String detail, Violation... violations) {
        return unacceptable(code, detail, List.of(violations));
    }

    public static Refusal unacceptable(String code, String detail, List<Violation> violations) {
        return new Refusal(Kind.UNACCEPTABLE, code, detail, List.copyOf(violations));
    }

    public Kind kind() {
        return kind;
    }

    /** Stable and meant for programs, such as {@code unknown_sku}; the message is meant for people. */
    public String code() {
        return code;
    }

    /** The fields at fault; empty when it is none in particular. */
    public List<Violation> violations() {
        return violations;
    }
}
