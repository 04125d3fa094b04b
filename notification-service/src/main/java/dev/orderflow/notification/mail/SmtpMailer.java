package dev.orderflow.notification.mail;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import org.springframework.mail.MailException;
import org.springframework.mail.MailPreparationException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/** Hands mails over to the SMTP server. Thread-safe; each mail has a connection of its own. */
@Component
class SmtpMailer {

    private final JavaMailSenderImpl sender;
    private final EmailAddress from;
    private final Clock clock;

    SmtpMailer(JavaMailSenderImpl sender, MailProperties properties, Clock clock) {
        this.sender = sender;
        this.from = properties.sender();
        this.clock = clock;
    }

    /**
     * Returns once the server has taken responsibility for the mail, or has said that there is no such mailbox.
     *
     * @throws MailNotAcceptedException when it did neither; it may have taken the mail all the same
     */
    Delivery send(OrderMail mail) {
        try {
            sender.send(messageOf(mail));
            return Delivery.ACCEPTED;
        } catch (MailException e) {
            if (SmtpReply.in(e).filter(SmtpReply::saysNoSuchMailbox).isPresent()) {
                return Delivery.NO_SUCH_MAILBOX;
            }
            throw new MailNotAcceptedException(e);
        }
    }

    private MimeMessage messageOf(OrderMail mail) {
        try {
            var message = new OrderMimeMessage(sender.getSession(), mail, from.domain());
            message.setFrom(new InternetAddress(from.value(), true));
            message.setRecipient(
                    RecipientType.TO, new InternetAddress(mail.recipient().value(), true));
            message.setSubject(mail.text().subject(), StandardCharsets.UTF_8.name());
            message.setText(mail.text().body(), StandardCharsets.UTF_8.name());
            message.setSentDate(Date.from(clock.instant()));
            message.setHeader("X-Order-Id", mail.orderId().toString());
            message.setHeader("X-Order-Status", mail.status().name());
            // RFC 3834: nobody's out-of-office reply is to come back to the shop.
            message.setHeader("Auto-Submitted", "auto-generated");
            return message;
        } catch (MessagingException e) {
            throw new MailPreparationException(e);
        }
    }
}
