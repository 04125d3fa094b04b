package dev.orderflow.notification.mail;

import java.util.Map;
import java.util.UUID;

/** An e-mail that reports a product with low stock to the merchandiser, because of one event. */
record StockMail(UUID eventId, EmailAddress recipient, MailText text) implements Mail {

    @Override
    public String messageId() {
        return "stock." + eventId;
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("X-Event-Id", eventId.toString());
    }
}
