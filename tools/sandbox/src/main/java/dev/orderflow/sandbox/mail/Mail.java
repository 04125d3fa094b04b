package dev.orderflow.sandbox.mail;

import org.jspecify.annotations.Nullable;

/**
 * Recorded data of an e-mail.
 *
 * @param to the envelope's recipient; an e-mail to several is recorded once for each
 * @param orderId header {@code X-Order-Id}, if present
 * @param status header {@code X-Order-Status}, if present
 * @param messageId header {@code Message-ID}, if present
 */
record Mail(
        String to,
        @Nullable String subject,
        @Nullable String orderId,
        @Nullable String status,
        @Nullable String messageId) {}
