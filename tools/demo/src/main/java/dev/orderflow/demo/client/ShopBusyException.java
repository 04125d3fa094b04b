package dev.orderflow.demo.client;

/** Reports that a service refused a request because it has too many. */
public class ShopBusyException extends ShopAwayException {

    public ShopBusyException(String message) {
        super(message);
    }

    @Override
    public String advice(String program) {
        return "; try again later";
    }
}
