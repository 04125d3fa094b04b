package dev.orderflow.eventing.deadletter;

/** A request that only the code that uses it could find wrong. */
final class InvalidRequestException extends RuntimeException {

    private final String code;
    private final String field;

    /** @param message what is wrong, to be read after the field's name, such as "must be …" */
    InvalidRequestException(String code, String field, String message) {
        super(message);
        this.code = code;
        this.field = field;
    }

    String code() {
        return code;
    }

    String field() {
        return field;
    }
}
