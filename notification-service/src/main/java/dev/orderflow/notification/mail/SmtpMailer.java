package dev.orderflow.notification.mail;

import dev.orderflow.eventing.PeriodicTask;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import jakarta.annotation.PreDestroy;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/** Sends e-mails to the SMTP server. Thread-safe. */
@Component
class SmtpMailer implements PeriodicTask {

    /** The answer of the SMTP server. */
    enum Delivery {
        /** The server has taken responsibility for the e-mail. */
        ACCEPTED,
        /** The mailbox does not exist. A retry would not change that. */
        NO_SUCH_MAILBOX
    }

    private final JavaMailSenderImpl sender;
    private final SmtpConnections connections;
    private final EmailAddress from;
    private final Clock clock;
    private final ObservationRegistry observations;

    SmtpMailer(JavaMailSenderImpl sender, MailProperties properties, Clock clock, ObservationRegistry observations) {
        this.sender = sender;
        this.connections = new SmtpConnections(sender);
        this.from = properties.sender();
        this.clock = clock;
        this.observations = observations;
    }

    /**
     * Sends an e-mail, and returns once the server has accepted responsibility for it or rejected the mailbox.
     *
     * @throws MailNotAcceptedException if it did neither; it may have accepted the e-mail nevertheless
     */
    Delivery send(Mail mail) {
        return Observation.createNotStarted("smtp.send", () -> outgoing(mail), observations)
                .observe(() -> deliver(mail));
    }

    @Override
    public String name() {
        return "smtp-connections";
    }

    @Override
    public Duration period() {
        return SmtpConnections.LONGEST_IDLE;
    }

    /** Closes connections that were idle for long. */
    @Override
    public void run() {
        connections.closeOld();
    }

    @PreDestroy
    void close() {
        connections.close();
    }

    private Delivery deliver(Mail mail) {
        try {
            connections.send(messageOf(mail));
            return Delivery.ACCEPTED;
        } catch (MessagingException e) {
            if (SmtpReply.in(e).filter(SmtpReply::saysNoSuchMailbox).isPresent()) {
                return Delivery.NO_SUCH_MAILBOX;
            }
            throw new MailNotAcceptedException(e);
        }
    }

    /** A call whose receiver gets no trace context: customers' mail servers are none of ours. */
    private static SenderContext<Mail> outgoing(Mail mail) {
        var context = new SenderContext<Mail>((carrier, name, value) -> {}, Kind.CLIENT);
        context.setCarrier(mail);
        return context;
    }

    private MimeMessage messageOf(Mail mail) throws MessagingException {
        var message = new OrderMimeMessage(sender.getSession(), mail, from.domain());
        message.setFrom(new InternetAddress(from.value(), true));
        message.setRecipient(
                RecipientType.TO, new InternetAddress(mail.recipient().value(), true));
        message.setSubject(mail.text().subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        for (var header : mail.headers().entrySet()) {
            message.setHeader(header.getKey(), header.getValue());
        }
        // RFC 3834: prevents out-of-office replies to the shop.
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }
}
