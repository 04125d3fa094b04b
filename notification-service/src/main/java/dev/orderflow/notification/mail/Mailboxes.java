package dev.orderflow.notification.mail;

import dev.orderflow.events.customer.CustomerReference;
import dev.orderflow.notification.recipient.Recipients;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the mailbox of an event's customer. */
@Component
class Mailboxes {

    private final MailProperties properties;
    private final Recipients recipients;

    Mailboxes(MailProperties properties, Recipients recipients) {
        this.properties = properties;
        this.recipients = recipients;
    }

    /** The outcome of a search. */
    sealed interface Found permits Mailbox, None {}

    /** @param reference stands for the customer where the e-mail is recorded; null if the event names its customer */
    record Mailbox(EmailAddress address, @Nullable String reference) implements Found {}

    /** @param reason for which the customer has no mailbox */
    record None(UndeliverableReason reason) implements Found {}

    /** @param customerId a customer's reference, or its plain id in events from before there were references */
    Found of(String customerId) {
        return CustomerReference.isReference(customerId) ? ofReference(customerId) : ofId(customerId);
    }

    private Found ofReference(String reference) {
        var address = recipients.addressOf(reference);
        if (address.isEmpty()) {
            return new None(UndeliverableReason.NO_ADDRESS);
        }
        return address.filter(EmailAddress::isAddress)
                .<Found>map(text -> new Mailbox(new EmailAddress(text), reference))
                .orElseGet(() -> new None(UndeliverableReason.INVALID_ADDRESS));
    }

    private Found ofId(String customerId) {
        return EmailAddress.of(customerId, properties.customerDomain())
                .<Found>map(address -> new Mailbox(address, null))
                .orElseGet(() -> new None(UndeliverableReason.INVALID_ADDRESS));
    }
}
