package dev.orderflow.verify.evidence;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Data of the payment provider, the carrier and the mail server by order id. The ids are texts, since external systems may hold
 * anything.
 *
 * @param payments each order's payments
 * @param shipments the state of each order's shipment
 * @param mails number of e-mails about each status of each order
 */
public record OutsideWorld(
        Map<String, List<Payment>> payments, Map<String, String> shipments, Map<String, Map<String, Integer>> mails) {
    public record Payment(String orderId, Amount amount, String state) {}

    public record Amount(BigDecimal amount, String currency) {}

    /** Returns the number of e-mails to the order's customer about {@code status}. */
    public int mails(String order, String status) {
        return mails.getOrDefault(order, Map.of()).getOrDefault(status, 0);
    }

    public List<Payment> payments(String order) {
        return payments.getOrDefault(order, List.of());
    }
}
