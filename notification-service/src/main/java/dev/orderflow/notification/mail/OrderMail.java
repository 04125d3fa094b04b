package dev.orderflow.notification.mail;

import java.util.Map;
import java.util.UUID;

/** An e-mail that reports {@code status} of the order to its customer. */
record OrderMail(UUID orderId, OrderStatus status, EmailAddress recipient, MailText text) implements Mail {

    @Override
    public String messageId() {
        return orderId + "." + status;
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("X-Order-Id", orderId.toString(), "X-Order-Status", status.name());
    }
}
