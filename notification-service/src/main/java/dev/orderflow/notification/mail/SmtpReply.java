package dev.orderflow.notification.mail;

import jakarta.mail.MessagingException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * The negative answer of an SMTP server (RFC 5321).
 *
 * @param command the refused command, such as {@code RCPT} or {@code MAIL}
 * @param code    such as 550
 * @param status  enhanced status code (RFC 3463), such as 5.1.1; empty when the server gave none
 */
record SmtpReply(String command, int code, String status) {

    /** Codes of RFC 5321 for an unavailable or malformed mailbox. */
    private static final Set<Integer> MAILBOX_CODES = Set.of(550, 551, 553);
    /** An enhanced status code (RFC 3463) after the reply code. */
    private static final Pattern ENHANCED_STATUS = Pattern.compile("^\\d{3}[ -]([245]\\.\\d{1,3}\\.\\d{1,3})\\b");

    /** Returns the server's reply that made sending fail; empty if there was no reply. */
    static Optional<SmtpReply> in(MessagingException failure) {
        // Jakarta Mail wraps the refusal of a recipient in a general exception.
        return causes(failure).map(SmtpReply::of).flatMap(Optional::stream).findFirst();
    }

    /**
     * Returns whether the reply says that the mailbox does not exist. Only a reply to {@code RCPT} can, and only if its
     * enhanced status, if any, concerns the address (5.1.x) or the mailbox (5.2.x). 550 5.7.1 means that the server
     * refuses to relay: treating it as a missing mailbox would discard every e-mail while the server is misconfigured.
     */
    boolean saysNoSuchMailbox() {
        return command.equals("RCPT")
                && MAILBOX_CODES.contains(code)
                && (status.isEmpty() || status.startsWith("5.1.") || status.startsWith("5.2."));
    }

    private static Optional<SmtpReply> of(Throwable failure) {
        return switch (failure) {
            case SMTPAddressFailedException e -> Optional.of(of("RCPT", e.getReturnCode(), e.getMessage()));
            case SMTPSenderFailedException e -> Optional.of(of("MAIL", e.getReturnCode(), e.getMessage()));
            case SMTPSendFailedException e -> Optional.of(of("another", e.getReturnCode(), e.getMessage()));
            default -> Optional.empty();
        };
    }

    private static SmtpReply of(String command, int code, @Nullable String reply) {
        var status = ENHANCED_STATUS.matcher(reply == null ? "" : reply.strip());
        return new SmtpReply(command, code, status.find() ? status.group(1) : "");
    }

    /** Returns the failure, its cause, and so on. */
    static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
