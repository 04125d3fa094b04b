package dev.orderflow.demo.client;

/** Reports that a service did not respond or is temporarily unavailable. Repeating the request later may help. */
public class ShopAwayException extends RuntimeException {

    public ShopAwayException(String message) {
        super(message);
    }

    public ShopAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
