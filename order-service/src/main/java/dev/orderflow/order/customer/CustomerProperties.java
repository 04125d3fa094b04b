package dev.orderflow.order.customer;

import jakarta.validation.constraints.Pattern;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of customers.
 *
 * @param mailboxDomain domain of the mailboxes of customers without a verified address; one whose id is an address of
 *                      another domain gets no mail. Unset, none of them does
 */
@Validated
@ConfigurationProperties("orders.customers")
record CustomerProperties(
        @Pattern(regexp = "[A-Za-z0-9]([A-Za-z0-9.-]{0,98}[A-Za-z0-9])?") @Nullable
        String mailboxDomain) {

    /** Takes an empty text, as a variable of an environment has it, as unset. */
    CustomerProperties {
        mailboxDomain = mailboxDomain == null || mailboxDomain.isBlank() ? null : mailboxDomain;
    }

    /**
     * Returns the mailbox of a customer without a verified address. An id that is an address of another domain has none: a
     * client that chooses ids could have mail sent to anybody.
     */
    Optional<String> mailboxOf(String id) {
        return Optional.ofNullable(mailboxDomain)
                .map(domain -> id.contains("@") ? id : id + "@" + domain)
                .filter(mailbox -> mailbox.substring(mailbox.indexOf('@') + 1).equalsIgnoreCase(mailboxDomain));
    }
}
