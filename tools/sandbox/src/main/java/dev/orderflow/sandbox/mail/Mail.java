package dev.orderflow.sandbox.mail;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of a mail.
 *
 * @param to        the envelope's recipient; a mail to several is kept once for each
 * @param orderId   header {@code X-Order-Id}, if there
 * @param status    header {@code X-Order-Status}, if there
 * @param messageId header {@code Message-ID}, if there
 */
record Mail(
        String to,
        @Nullable String subject,
        @Nullable String orderId,
        @Nullable String status,
        @Nullable String messageId) {}
