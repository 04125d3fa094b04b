package dev.orderflow.sandbox.mail;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserImpl;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.orderflow.sandbox.SandboxProperties;
import jakarta.mail.MessagingException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Takes in mails over SMTP and puts them into the {@link Mailbox}.
 * <p>
 * GreenMail delivers to each recipient before it answers {@code 250}. Each recipient is given a user that records the mail
 * instead of storing it. So a mail that was accepted survives a kill, one that could not be recorded is answered
 * {@code 451}, and GreenMail's own store in memory stays empty.
 */
@Component
public class SmtpSink implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SmtpSink.class);

    private final Mailbox mailbox;
    private final ServerSetup setup;
    private final GreenMail server;

    SmtpSink(Mailbox mailbox, SandboxProperties properties) {
        this.mailbox = mailbox;
        this.setup = new ServerSetup(properties.smtpPort(), properties.smtpAddress(), ServerSetup.PROTOCOL_SMTP);
        // GreenMail's two seconds are too few where several processes start at once on few cores.
        setup.setServerStartupTimeout(Duration.ofSeconds(20).toMillis());
        this.server = new GreenMail(setup);
        server.getUserManager().setMessageDeliveryHandler(this::recorderFor);
    }

    @Override
    public void start() {
        try {
            server.start();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "cannot listen for SMTP on " + setup.getBindAddress() + ":" + setup.getPort()
                            + "; if the port is in use, set sandbox.smtp-port to a free one",
                    e);
        }
        log.info("smtp.port={}", port());
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public boolean isRunning() {
        return server.isRunning();
    }

    /** Before the web server, which reports readiness. */
    @Override
    public int getPhase() {
        return 0;
    }

    /** The port listened on, also when any free one was asked for. */
    public int port() {
        return server.getSmtp().getPort();
    }

    private GreenMailUser recorderFor(MovingMessage message, MailAddress recipient) {
        var email = recipient.getEmail();
        return new UserImpl(email, email, email, server.getUserManager().getImapHostManager()) {
            @Override
            public void deliver(MovingMessage delivered) {
                mailbox.add(mailOf(email, delivered));
            }
        };
    }

    private static Mail mailOf(String recipient, MovingMessage delivered) {
        var message = delivered.getMessage();
        try {
            return new Mail(
                    recipient,
                    message.getSubject(),
                    message.getHeader("X-Order-Id", null),
                    message.getHeader("X-Order-Status", null),
                    message.getMessageID());
        } catch (MessagingException e) {
            throw new IllegalArgumentException("the mail's headers cannot be read", e);
        }
    }
}
