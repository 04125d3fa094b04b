package dev.orderflow.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;

/** Both parts of a received e-mail. */
record MailParts(String plain, String html) {

    /** @throws AssertionError if these are not its parts */
    static MailParts of(MimeMessage mail) {
        try {
            var parts = (MimeMultipart) mail.getContent();
            assertThat(parts.getContentType()).startsWith("multipart/alternative;");
            assertThat(parts.getCount()).isEqualTo(2);
            return new MailParts(
                    text(parts.getBodyPart(0), "text/plain; charset=UTF-8"),
                    text(parts.getBodyPart(1), "text/html; charset=UTF-8"));
        } catch (MessagingException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(BodyPart part, String type) throws MessagingException, IOException {
        assertThat(part.getContentType()).isEqualToIgnoringCase(type);
        return (String) part.getContent();
    }
}
