package dev.orderflow.sandbox.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.mime4j.MimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;

/**
 * Takes in one mail, and puts it into the {@link Mailbox} once for each recipient before it is answered by {@code 250}. So a mail
 * that was accepted survives a kill, and one that could not be recorded is answered by {@code 451}. Only its headers are kept in
 * memory. Not thread-safe.
 */
final class MailReceiver implements MessageHandler {

    private static final Logger log = LoggerFactory.getLogger(MailReceiver.class);

    /** "Requested action aborted: local error in processing" (RFC 5321): the sender is to try again. */
    private static final int NOT_NOW = 451;

    /** "Transaction failed" (RFC 5321): the sender need not try again. */
    private static final int NEVER = 554;

    private final Mailbox mailbox;
    private final List<String> recipients = new ArrayList<>();

    MailReceiver(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    @Override
    public void from(String from) {
        // Whoever it is.
    }

    @Override
    public void recipient(String recipient) {
        recipients.add(recipient);
    }

    @Override
    public String data(InputStream data) throws RejectException, IOException {
        var headers = headersOf(data);
        try {
            recipients.forEach(recipient -> mailbox.add(headers.mailTo(recipient)));
        } catch (RuntimeException e) {
            log.error("mail=refused", e);
            throw new RejectException(NOT_NOW, "4.3.0 the mail cannot be recorded");
        }
        return "2.0.0 recorded";
    }

    @Override
    public void done() {
        // Nothing is held.
    }

    /** Returns at the mail's end: one whose end never comes is not a mail, and what comes behind it are commands. */
    private static MailHeaders headersOf(InputStream data) throws RejectException, IOException {
        try {
            return MailHeaders.read(data);
        } catch (MimeException e) {
            throw new RejectException(NEVER, "5.6.0 " + e.getMessage());
        } finally {
            data.transferTo(OutputStream.nullOutputStream());
        }
    }
}
