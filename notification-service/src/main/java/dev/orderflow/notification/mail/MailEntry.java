package dev.orderflow.notification.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one e-mail.
 *
 * @param status    the order's status that it reports
 * @param outcome   {@code SENT}, or why it could not be sent, see {@link UndeliverableReason}
 * @param recipient null unless sent
 * @param subject   null unless sent
 * @param at        when it was sent or found undeliverable
 */
record MailEntry(
        String status,
        String outcome,
        @Nullable String recipient,
        @Nullable String subject,
        Instant at) {}
