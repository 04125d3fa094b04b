package dev.orderflow.notification.mail;

import dev.orderflow.eventing.PersonalData;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail that reports {@code status} of the order to its customer.
 *
 * @param reference stands for the customer where the e-mail is recorded; null if the event names its customer
 */
record OrderMail(
        UUID orderId,
        OrderStatus status,
        EmailAddress recipient,

        @PersonalData(value = "recipient of an e-mail", kept = "while it is sent", erased = "not stored") @Nullable
        String reference,

        MailText text)
        implements Mail {

    @Override
    public String messageId() {
        return orderId + "." + status;
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("X-Order-Id", orderId.toString(), "X-Order-Status", status.name());
    }
}
