package dev.orderflow.notification.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A message whose Message-ID depends only on what the e-mail is about, such as an order and its status. When the same e-mail is sent again, mail servers
 * and clients can recognise the copy. {@link MimeMessage} would generate a random id.
 * <p>
 * The message is complete from the beginning. Otherwise {@link #saveChanges()} and {@link #writeTo} would search the
 * class path for a data handler and an encoder for each message, which is a third of the cost of sending one.
 */
class OrderMimeMessage extends MimeMessage {

    OrderMimeMessage(Session session, Mail mail, String domain) throws MessagingException {
        super(session);
        setHeader("MIME-Version", "1.0");
        setHeader("Message-ID", "<" + mail.messageId() + "@" + domain + ">");
        setHeader("Content-Type", "text/plain; charset=UTF-8");
        setHeader("Content-Transfer-Encoding", "quoted-printable");
        content = quotedPrintable(session, mail.text().body());
        modified = false;
        saved = true;
    }

    private static byte[] quotedPrintable(Session session, String text) {
        var bytes = new ByteArrayOutputStream();
        try (var encoder = session.getStreamProvider().outputQP(bytes)) {
            encoder.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
