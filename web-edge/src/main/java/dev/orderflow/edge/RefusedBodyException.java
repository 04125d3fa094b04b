package dev.orderflow.edge;

/** A body that is not read to its end. */
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
