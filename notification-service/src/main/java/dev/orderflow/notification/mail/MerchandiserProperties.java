package dev.orderflow.notification.mail;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Recipient of e-mails about the stock.
 *
 * @param address the merchandiser's mailbox
 */
@ConfigurationProperties("notification.merchandiser")
record MerchandiserProperties(
        @DefaultValue("merchandiser@example.com") String address) {

    MerchandiserProperties {
        if (!EmailAddress.isAddress(address)) {
            throw new IllegalArgumentException(
                    "notification.merchandiser.address must be an address such as merchandiser@example.com");
        }
    }

    EmailAddress recipient() {
        return new EmailAddress(address);
    }
}
