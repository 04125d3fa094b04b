package dev.orderflow.notification.mail;

import jakarta.mail.MessagingException;

/**
 * Thrown when the SMTP server has not accepted an e-mail. A retry may succeed.
 * <p>
 * Its message is logged, traced and stored with a dead letter, so it is one line without the customer's address. Servers quote
 * the address in their replies, and Jakarta Mail in its exceptions; therefore it has no cause, only the class of its root.
 */
class MailNotAcceptedException extends RuntimeException {

    MailNotAcceptedException(MessagingException cause) {
        super(SmtpReply.in(cause).map(MailNotAcceptedException::message).orElseGet(() -> message(rootOf(cause))));
        setStackTrace(cause.getStackTrace());
    }

    private static String message(Throwable root) {
        return "no answer from the SMTP server (" + root.getClass().getSimpleName() + ")";
    }

    private static Throwable rootOf(Throwable failure) {
        return SmtpReply.causes(failure).reduce((outer, inner) -> inner).orElse(failure);
    }

    private static String message(SmtpReply reply) {
        return ("the SMTP server refused with " + reply.code() + " " + reply.status()).strip();
    }
}
