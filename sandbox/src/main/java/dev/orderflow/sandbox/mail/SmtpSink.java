package dev.orderflow.sandbox.mail;

import dev.orderflow.sandbox.SandboxProperties;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.subethamail.smtp.server.SMTPServer;

/** Takes in mails over SMTP and puts them into the {@link Mailbox}. */
@Component
public class SmtpSink implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SmtpSink.class);
    private static final int BACKLOG = 100;

    private final SandboxProperties properties;
    private final SMTPServer server;

    SmtpSink(Mailbox mailbox, SandboxProperties properties) throws UnknownHostException {
        this.properties = properties;
        this.server = SMTPServer.port(properties.smtpPort())
                .bindAddress(InetAddress.getByName(properties.smtpAddress()))
                .hostName("sandbox")
                .backlog(BACKLOG)
                .messageHandlerFactory(session -> new MailReceiver(mailbox))
                .build();
    }

    @Override
    public void start() {
        try {
            server.start();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "cannot listen for SMTP on " + properties.smtpAddress() + ":" + properties.smtpPort()
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
        return server.getPortAllocated();
    }
}
