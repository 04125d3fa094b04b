package dev.orderflow.notification.mail;

import dev.orderflow.eventing.PersonalData;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one e-mail.
 *
 * @param status    the order's status that it reports
 * @param outcome   {@code SENT}, or an {@link UndeliverableReason}
 * @param recipient the customer's reference; null unless sent, and for orders from before there were references
 * @param subject   null unless sent
 * @param at        time at which it was sent or found undeliverable
 */
record MailEntry(
        String status,
        String outcome,

        @PersonalData(
                value = "to see what was sent",
                kept = "`notification.mail.retention`",
                erased = "refers to nobody")
        @Nullable
        String recipient,

        @Nullable String subject,
        Instant at) {}
