package dev.orderflow.demo.client;

import dev.orderflow.events.order.PaymentMethod;
import java.util.List;

/** Order to place. Prices are the catalog's, so it contains none. */
public record NewOrder(String customerId, List<Line> lines, List<String> coupons, PaymentMethod paymentMethod) {

    /** Creates an order without coupons. */
    public NewOrder(String customerId, List<Line> lines, PaymentMethod paymentMethod) {
        this(customerId, lines, List.of(), paymentMethod);
    }

    /**
     * Line of an order.
     *
     * @param quantity 1 or more
     */
    public record Line(String sku, int quantity) {}
}
