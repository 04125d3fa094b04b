package dev.orderflow.demo.client;

import dev.orderflow.events.order.PaymentMethod;
import java.util.List;

/** An order to place. Prices are the catalog's, so none are given. */
public record NewOrder(String customerId, List<Line> lines, PaymentMethod paymentMethod) {

    /** @param quantity 1 or more */
    public record Line(String sku, int quantity) {}
}
