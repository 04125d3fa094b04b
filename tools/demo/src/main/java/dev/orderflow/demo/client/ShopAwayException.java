package dev.orderflow.demo.client;

/** A service did not answer, or answered that it cannot at the moment. Asking again later may help. */
public class ShopAwayException extends RuntimeException {

    public ShopAwayException(String message) {
        super(message);
    }

    public ShopAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
