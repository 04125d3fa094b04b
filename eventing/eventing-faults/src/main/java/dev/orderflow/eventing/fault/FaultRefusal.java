package dev.orderflow.eventing.fault;

/** Thrown when a request cannot be fulfilled. Independent of HTTP, which an application may not have. */
class FaultRefusal extends RuntimeException {

    /** The kind of reason. */
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

    /** Returns a machine-readable code of the reason. */
    String code() {
        return code;
    }
}
