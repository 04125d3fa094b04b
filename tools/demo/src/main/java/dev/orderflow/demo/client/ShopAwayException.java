package dev.orderflow.demo.client;

/** Reports that a service did not respond or is temporarily unavailable. Repeating the request later may help. */
public class ShopAwayException extends RuntimeException {

    public ShopAwayException(String message) {
        super(message);
    }

    public ShopAwayException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Returns what the user can do, to be appended to the message.
     *
     * @param program as the user calls it
     */
    public String advice(String program) {
        return "; is the suite up? Try " + program + " status";
    }
}
