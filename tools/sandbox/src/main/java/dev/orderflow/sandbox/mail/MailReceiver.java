package dev.orderflow.sandbox.mail;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;

/**
 * Receives one e-mail and puts it into the {@link Mailbox} once per recipient before it replies {@code 250}. An
 * accepted e-mail therefore survives a kill, and one that cannot be recorded gets {@code 451}. An e-mail whose sender
 * disconnects within {@code DATA} is dropped. Within {@code BDAT}, whose end SubEtha cannot tell from that of the
 * connection, it is recorded as far as it was received.
 * <p>
 * A rejection ends the connection, because SubEtha would otherwise keep the e-mail's recipients for the next e-mail.
 * Not thread-safe.
 */
final class MailReceiver implements MessageHandler {

    private static final Logger log = LoggerFactory.getLogger(MailReceiver.class);

    /** Loose pattern of an address, a local part and a domain; senders decide what a valid mailbox is. */
    private static final Pattern MAILBOX = Pattern.compile("\\S+@\\S+");

    static final int MOST_BYTES = 10 << 20;

    /** Reply codes of RFC 5321. */
    private static final int NOT_NOW = 451;

    private static final int TOO_LARGE = 552;
    private static final int NO_MAILBOX = 553;
    private static final int NEVER = 554;

    private final Mailbox mailbox;
    private final List<String> recipients = new ArrayList<>();

    MailReceiver(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    @Override
    public void from(String from) {
        // Every sender is accepted.
    }

    @Override
    public void recipient(String recipient) throws RejectException {
        if (!MAILBOX.matcher(recipient).matches()) {
            throw new RejectException(NO_MAILBOX, "5.1.3 not a mailbox");
        }
        recipients.add(recipient);
    }

    @Override
    public String data(InputStream data) throws RejectException, IOException {
        try {
            var headers = MailHeaders.read(data);
            readToTheEnd(data);
            recipients.forEach(recipient -> mailbox.add(headers.mailTo(recipient)));
            return "2.0.0 recorded";
        } catch (MimeException e) {
            log.warn("mail=rejected cause=\"{}\"", e.toString());
            readToTheEnd(data);
            throw new DropConnectionException(NEVER, "5.6.0 " + e.getMessage());
        } catch (RuntimeException e) {
            log.error("mail=rejected reason=not-recorded", e);
            throw new DropConnectionException(NOT_NOW, "4.3.0 the e-mail cannot be recorded");
        }
    }

    @Override
    public void done() {
        // No resources are held.
    }

    private static void readToTheEnd(InputStream data) throws IOException, DropConnectionException {
        var buffer = new byte[8192];
        var bytes = 0L;
        for (var read = 0; read >= 0; read = data.read(buffer)) {
            bytes += read;
            if (bytes > MOST_BYTES) {
                log.warn("mail=rejected reason=too-long mostBytes={}", MOST_BYTES);
                throw new DropConnectionException(TOO_LARGE, "5.3.4 an e-mail may have " + MOST_BYTES + " bytes");
            }
        }
    }
}
