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

/** Receives e-mails over SMTP and puts them into the {@link Mailbox}. */
@Component
public class SmtpSink implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SmtpSink.class);

    /** Limits of the memory that one sender, and all of them together, can occupy. */
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
                // Received headers contain the sender's host name, which would need a DNS look-up.
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

    /** Stops after all SMTP sessions have ended, however long a sender takes. */
    @Override
    public void stop() {
        var stopping = server;
        server = null;
        if (stopping != null) {
            stopping.stop();
        }
    }

    /** Stops in a thread of its own, so that the application waits only for the time-out of the phase. */
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

    /** {@return a phase before that of the web server, which reports readiness} */
    @Override
    public int getPhase() {
        return 0;
    }

    /**
     * Returns the port listened on, also when it was chosen by the system.
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
            throw new IllegalStateException("sandbox.smtp-address is not an address: " + properties.smtpAddress(), e);
        }
    }
}
