package dev.orderflow.demo.client;

/** Reports that a service has understood a request and rejects it. Repeating it is useless. */
public class RefusedException extends RuntimeException {

    private final int status;
    private final String code;

    public RefusedException(int status, String code, String detail) {
        super(detail);
        this.status = status;
        this.code = code;
    }

    /** {@return the HTTP status, 400 to 499} */
    public int status() {
        return status;
    }

    /** Returns the problem detail's code, or the HTTP status if the response has none. */
    public String code() {
        return code;
    }
}
