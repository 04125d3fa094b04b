package dev.orderflow.notification.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one e-mail.
 *
 * @param status    the order's status that it reports
 * @param outcome   {@code SENT}, or an {@link UndeliverableReason}
 * @param recipient null unless sent
 * @param subject   null unless sent
 * @param at        time at which it was sent or found undeliverable
 */
record MailEntry(
        String status,
        String outcome,
        @Nullable String recipient,
        @Nullable String subject,
        Instant at) {}
