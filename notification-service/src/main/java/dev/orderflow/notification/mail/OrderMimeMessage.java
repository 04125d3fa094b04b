package dev.orderflow.notification.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A message whose Message-ID depends only on what the e-mail is about, such as an order and its status. When the same e-mail is sent again, mail servers
 * and clients can recognise the copy. {@link MimeMessage} would generate a random id.
 * <p>
 * It has two parts, plain text and HTML, of which a client shows the last one that it can.
 * <p>
 * The message is complete from the beginning. Otherwise {@link #saveChanges()} and {@link #writeTo} would search the
 * class path for data handlers and encoders for each message, which is a third of the cost of sending one.
 */
class OrderMimeMessage extends MimeMessage {

    /** Separates the parts. No part contains it: quoted-printable text has no underscore after "=" (RFC 2045, 6.7). */
    private static final String BOUNDARY = "=_orderflow";

    OrderMimeMessage(Session session, Mail mail, String domain) throws MessagingException {
        super(session);
        setHeader("MIME-Version", "1.0");
        setHeader("Message-ID", "<" + mail.messageId() + "@" + domain + ">");
        setHeader("Content-Type", "multipart/alternative; boundary=\"" + BOUNDARY + "\"");
        content = alternatives(session, mail.text());
        modified = false;
        saved = true;
    }

    private static byte[] alternatives(Session session, MailText text) {
        var bytes = new ByteArrayOutputStream();
        writePart(bytes, session, "text/plain", text.plain());
        writePart(bytes, session, "text/html", text.html());
        write(bytes, "--" + BOUNDARY + "--\r\n");
        return bytes.toByteArray();
    }

    /** Writes a part, and the line break that belongs to the boundary behind it (RFC 2046, 5.1.1). */
    private static void writePart(ByteArrayOutputStream bytes, Session session, String type, String text) {
        write(bytes, "--" + BOUNDARY + "\r\n");
        write(bytes, "Content-Type: " + type + "; charset=UTF-8\r\n");
        write(bytes, "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
        try (var encoder = session.getStreamProvider().outputQP(bytes)) {
            encoder.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(bytes, "\r\n");
    }

    private static void write(ByteArrayOutputStream bytes, String ascii) {
        bytes.writeBytes(ascii.getBytes(US_ASCII));
    }
}
