package dev.orderflow.order.customer;

import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of customers.
 *
 * @param mailboxDomain domain of the mailboxes of customers without a verified address; those whose id is an address get
 *                      mail there. Unset, they get none
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
}
