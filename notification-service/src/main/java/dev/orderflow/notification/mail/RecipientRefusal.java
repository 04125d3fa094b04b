package dev.orderflow.notification.mail;

import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailSendException;

/**
 * Tells "there is no such mailbox" from all other reasons for which a mail could not be sent.
 * <p>
 * Only the answer to {@code RCPT TO} counts, and only when it is about the mailbox: 550, 551 or 553, with an enhanced status
 * code (RFC 3463) of 5.1.x (address) or 5.2.x (mailbox), or with none. A 550 5.7.1 means that the server does not relay for
 * us: taking that for the customer's fault would throw away every mail while the server is set up wrongly. In doubt a mail
 * is sent again.
 */
final class RecipientRefusal {

    private static final Set<Integer> MAILBOX_CODES = Set.of(550, 551, 553);
    private static final Pattern ENHANCED_STATUS = Pattern.compile("^\\d{3}[ -](5\\.\\d{1,3}\\.\\d{1,3})\\b");

    private RecipientRefusal() {}

    static boolean isReasonFor(MailSendException failure) {
        return failures(failure).anyMatch(RecipientRefusal::isAboutTheMailbox);
    }

    private static Stream<Throwable> failures(MailSendException failure) {
        return Stream.of(failure.getFailedMessages().values())
                .flatMap(Collection::stream)
                .flatMap(RecipientRefusal::chain);
    }

    /** Jakarta Mail links the refusal of each recipient to the exception by {@code getNextException}, which is its cause. */
    private static Stream<Throwable> chain(@Nullable Throwable first) {
        return Stream.iterate(first, cause -> cause != null, cause -> cause.getCause());
    }

    private static boolean isAboutTheMailbox(Throwable failure) {
        return failure instanceof SMTPAddressFailedException refusal
                && MAILBOX_CODES.contains(refusal.getReturnCode())
                && isAboutTheMailbox(refusal.getMessage());
    }

    private static boolean isAboutTheMailbox(@Nullable String reply) {
        var status = ENHANCED_STATUS.matcher(reply == null ? "" : reply.strip());
        return !status.find()
                || status.group(1).startsWith("5.1.")
                || status.group(1).startsWith("5.2.");
    }
}
