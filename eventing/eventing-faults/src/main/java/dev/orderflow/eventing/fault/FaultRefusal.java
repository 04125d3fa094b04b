package dev.orderflow.eventing.fault;

/** What was asked for cannot be done. Knows nothing of HTTP, which an application may be without. */
class FaultRefusal extends RuntimeException {

    /** Why. */
    enum Kind {
        INVALID,
        NOT_FOUND,
        CONFLICT
    }

    private final Kind kind;
    private final String code;

    FaultRefusal(Kind kind, String code, String message) {
        super(message);
        this.kind = kind;
        this.code = code;
    }

    Kind kind() {
        return kind;
    }

    /** For programs to tell refusals apart. */
    String code() {
        return code;
    }
}
