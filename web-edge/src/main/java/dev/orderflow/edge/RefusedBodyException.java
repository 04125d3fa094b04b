package dev.orderflow.edge;

/** Thrown for a request whose body is refused before it was read completely. */
final class RefusedBodyException extends Exception {

    private final int status;
    private final String code;

    RefusedBodyException(int status, String code, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
