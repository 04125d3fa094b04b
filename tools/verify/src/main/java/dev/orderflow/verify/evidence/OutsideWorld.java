package dev.orderflow.verify.evidence;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What the payment provider and the mail server know, by order id. Theirs are texts: the outside world may hold anything.
 *
 * @param payments each order's payments
 * @param mails    how many mails there are about each status of each order
 */
public record OutsideWorld(Map<String, List<Payment>> payments, Map<String, Map<String, Integer>> mails) {

    /** One payment at the provider. */
    public record Payment(String orderId, Amount amount, String state) {}

    /** Money. */
    public record Amount(BigDecimal amount, String currency) {}

    /** How many mails the order's customer got about {@code status}. */
    public int mails(String order, String status) {
        return mails.getOrDefault(order, Map.of()).getOrDefault(status, 0);
    }

    public List<Payment> payments(String order) {
        return payments.getOrDefault(order, List.of());
    }
}
