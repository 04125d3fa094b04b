package dev.orderflow.notification.mail;

import jakarta.mail.MessagingException;

/**
 * Thrown when the SMTP server has not accepted an e-mail. Trying again may help.
 * <p>
 * Its message, unlike its cause's, is one line without the customer's address: it is logged each time.
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
