package dev.orderflow.notification.mail;

import jakarta.mail.MessagingException;

/**
 * Thrown when the SMTP server has not accepted an e-mail. A retry may succeed.
 * <p>
 * Its message is logged, so unlike its cause's message it is one line without the customer's address.
 */
class MailNotAcceptedException extends RuntimeException {

    MailNotAcceptedException(MessagingException cause) {
        super(
                SmtpReply.in(cause).map(MailNotAcceptedException::message).orElse("no answer from the SMTP server"),
                cause);
    }

    private static String message(SmtpReply reply) {
        return ("the SMTP server refused with " + reply.code() + " " + reply.status()).strip();
    }
}
