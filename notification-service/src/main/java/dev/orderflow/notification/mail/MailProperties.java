package dev.orderflow.notification.mail;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of all e-mails. {@code spring.mail.*} configures the SMTP server.
 *
 * @param from           the sender's address; its domain is also that of the Message-IDs
 * @param customerDomain domain of the customers' mailboxes, for events from before there were references; a customer whose
 *                       id is an address of another domain gets no mail
 * @param perRecipient   most e-mails to one customer per hour and instance; more are undeliverable
 * @param retention      how long it is recorded which e-mails were sent or undeliverable, and which points orders have
 *                       earned; an event that is consumed again later has its e-mail sent again
 */
@ConfigurationProperties("notification.mail")
record MailProperties(
        @DefaultValue("orders@example.com") String from,
        @DefaultValue("example.com") String customerDomain,
        @DefaultValue("10000") int perRecipient,
        @DefaultValue("90d") Duration retention) {

    /** Longer than an event is delivered again, unless it is a dead letter. */
    private static final Duration SHORTEST_RETENTION = Duration.ofDays(30);

    MailProperties {
        if (!EmailAddress.isAddress(from)) {
            throw new IllegalArgumentException("notification.mail.from must be an address such as orders@example.com");
        }
        if (!EmailAddress.isAddress("anyone@" + customerDomain)) {
            throw new IllegalArgumentException("notification.mail.customer-domain must be a host such as example.com");
        }
        if (perRecipient < 1) {
            throw new IllegalArgumentException("notification.mail.per-recipient must be 1 or more");
        }
        if (retention.compareTo(SHORTEST_RETENTION) < 0) {
            throw new IllegalArgumentException("notification.mail.retention must be " + SHORTEST_RETENTION.toDays()
                    + "d or more: the records prevent that e-mails are sent again");
        }
    }

    EmailAddress sender() {
        return new EmailAddress(from);
    }
}
