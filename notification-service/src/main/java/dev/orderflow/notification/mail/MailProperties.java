package dev.orderflow.notification.mail;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of all e-mails. {@code spring.mail.*} configures the SMTP server.
 *
 * @param from           the sender's address; its domain is also that of the Message-IDs
 * @param customerDomain domain of the mailboxes of customers whose id is not an address
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
