package dev.orderflow.sandbox.mail;

import dev.orderflow.sandbox.SandboxProperties;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.subethamail.smtp.server.SMTPServer;

/** Takes in mails over SMTP and puts them into the {@link Mailbox}. */
@Component
public class SmtpSink implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SmtpSink.class);

    /** Bounds of what one sender and all of them together can have the sandbox remember at the same time. */
    private static final int MOST_RECIPIENTS = 100;

    private static final int MOST_CONNECTIONS = 200;

    private final Mailbox mailbox;
    private final SandboxProperties properties;
    private volatile @Nullable SMTPServer server;

    SmtpSink(Mailbox mailbox, SandboxProperties properties) {
        this.mailbox = mailbox;
        this.properties = properties;
    }

    @Override
    public void start() {
        var starting = SMTPServer.port(properties.smtpPort())
                .bindAddress(address())
                .hostName("sandbox")
                .backlog(MOST_CONNECTIONS)
                .maxConnections(MOST_CONNECTIONS)
                .maxRecipients(MOST_RECIPIENTS)
                // They name the sender's host, for which DNS would be asked.
                .insertReceivedHeaders(false)
                .messageHandlerFactory(session -> new MailReceiver(mailbox))
                .build();
        try {
            starting.start();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "cannot listen for SMTP on " + properties.smtpAddress() + ":" + properties.smtpPort()
                            + "; if the port is in use, set sandbox.smtp-port to a free one",
                    e);
        }
        server = starting;
        log.info("smtp.port={}", port());
    }

    /** Waits for the conversations to end, however long a sender takes. */
    @Override
    public void stop() {
        var stopping = server;
        server = null;
        if (stopping != null) {
            stopping.stop();
        }
    }

    /** In a thread of its own, so that the application waits no longer than for any phase. */
    @Override
    public void stop(Runnable callback) {
        Thread.ofPlatform().daemon().name("smtp-stop").start(() -> {
            try {
                stop();
            } finally {
                callback.run();
            }
        });
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    /** Before the web server, which reports readiness. */
    @Override
    public int getPhase() {
        return 0;
    }

    /**
     * The port listened on, also when any free one was asked for.
     *
     * @throws IllegalStateException when it is not running
     */
    public int port() {
        var running = server;
        if (running == null) {
            throw new IllegalStateException("the SMTP sink is not running");
        }
        return running.getPortAllocated();
    }

    private InetAddress address() {
        try {
            return InetAddress.getByName(properties.smtpAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("sandbox.smtp-address is no address: " + properties.smtpAddress(), e);
        }
    }
}
