package dev.orderflow.notification.mail;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings that all e-mails of the shop share. The SMTP server is set by {@code spring.mail.*}.
 *
 * @param from           the sender's address; its domain also ends the Message-IDs
 * @param customerDomain where a customer has a mailbox whose id isn't an address itself
 */
@ConfigurationProperties("notification.mail")
record MailProperties(
        @DefaultValue("orders@example.com") String from,
        @DefaultValue("example.com") String customerDomain) {

    MailProperties {
        if (!EmailAddress.isAddress(from)) {
            throw new IllegalArgumentException("notification.mail.from must be an address such as orders@example.com");
        }
        if (!EmailAddress.isAddress("anyone@" + customerDomain)) {
            throw new IllegalArgumentException("notification.mail.customer-domain must be a host such as example.com");
        }
    }

    EmailAddress sender() {
        return new EmailAddress(from);
    }
}
