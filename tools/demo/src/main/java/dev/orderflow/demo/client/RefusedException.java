package dev.orderflow.demo.client;

/** A service has understood the request and refuses it. Asking again is of no use. */
public class RefusedException extends RuntimeException {

    private final int status;
    private final String code;

    public RefusedException(int status, String code, String detail) {
        super(detail);
        this.status = status;
        this.code = code;
    }

    /** The HTTP status, 400 to 499. */
    public int status() {
        return status;
    }

    /** The problem detail's code, or the HTTP status where the answer had none. */
    public String code() {
        return code;
    }
}
