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
 * @param command what was refused: {@code RCPT}, {@code MAIL}, or another for anything else
 * @param code    such as 550
 * @param status  enhanced status code (RFC 3463), such as 5.1.1; empty when the server gave none
 */
record SmtpReply(String command, int code, String status) {

    private static final Set<Integer> MAILBOX_CODES = Set.of(550, 551, 553);
    private static final Pattern ENHANCED_STATUS = Pattern.compile("^\\d{3}[ -]([245]\\.\\d{1,3}\\.\\d{1,3})\\b");

    /** The server's answer that made sending fail; empty when it failed because there was no answer. */
    static Optional<SmtpReply> in(MessagingException failure) {
        // Jakarta Mail puts the refusal of a recipient behind a general exception, as its cause.
        return causes(failure).map(SmtpReply::of).flatMap(Optional::stream).findFirst();
    }

    /**
     * Returns whether the answer says that there is no such mailbox. Only the answer to {@code RCPT} can, and only when
     * its status, if it has one, is about the address (5.1.x) or the mailbox (5.2.x). 550 5.7.1 means that the server
     * does not relay for us: taking that for the customer's fault would discard every e-mail while the server is set up
     * wrongly.
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

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
