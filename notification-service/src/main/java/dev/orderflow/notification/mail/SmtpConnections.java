package dev.orderflow.notification.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import java.time.Duration;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Sends messages over connections that stay open for the next ones, because to connect and to greet costs more than a mail. As
 * many are open as there were callers at once within the last seconds. Thread-safe.
 * <p>
 * A connection on which anything went wrong is closed, so that no message meets the leftovers of another. Servers end
 * connections as they like, after a number of e-mails or minutes. One that does so before it was offered the message
 * has not taken it, and the message is sent over a new connection instead of being a failure.
 */
class SmtpConnections implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SmtpConnections.class);

    /** RFC 5321 has servers wait for five minutes, but a connection that nobody uses is a burden to them. */
    static final Duration LONGEST_IDLE = Duration.ofSeconds(10);
    /** A server that was silent for longer is asked first whether it is still there. */
    private static final Duration TRUSTED_IDLE = Duration.ofSeconds(1);
    /** "Service not available, closing transmission channel" (RFC 5321). */
    private static final int CLOSING = 421;
    /** Reply code that Jakarta Mail gives when the connection ended in place of an answer. */
    private static final int CLOSED = -1;

    private final JavaMailSenderImpl sender;
    /** The one used last is first, so that those too many grow old. */
    private final Deque<Idle> idle = new ConcurrentLinkedDeque<>();

    SmtpConnections(JavaMailSenderImpl sender) {
        this.sender = sender;
    }

    /**
     * Sends a message, and returns when the server has accepted it.
     *
     * @throws MessagingException when it has not said so; it may have taken the message all the same
     */
    void send(Message message) throws MessagingException {
        var used = takeIdle();
        if (used == null) {
            deliver(connect(), message);
            return;
        }
        try {
            deliver(used, message);
        } catch (SMTPSendFailedException e) {
            if (!endedBeforeMessage(e)) {
                throw e;
            }
            send(message); // which ends, because each time there is one idle connection less
        }
    }

    /** Closes connections that were idle for long. To be called now and then. */
    void closeOld() {
        idle.stream().filter(each -> each.isIdleFor(LONGEST_IDLE)).forEach(each -> {
            if (idle.remove(each)) {
                close(each.connection());
            }
        });
    }

    @Override
    public void close() {
        for (var rest = idle.pollFirst(); rest != null; rest = idle.pollFirst()) {
            close(rest.connection());
        }
    }

    private void deliver(Transport connection, Message message) throws MessagingException {
        var taken = false;
        try {
            connection.sendMessage(message, message.getAllRecipients());
            taken = true;
        } finally {
            if (taken) {
                idle.addFirst(new Idle(connection, System.nanoTime()));
            } else {
                close(connection);
            }
        }
    }

    private @Nullable Transport takeIdle() {
        for (var next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            if (!next.isIdleFor(TRUSTED_IDLE) || next.connection().isConnected()) {
                return next.connection();
            }
            close(next.connection());
        }
        return null;
    }

    private Transport connect() throws MessagingException {
        var protocol = Objects.requireNonNullElse(sender.getProtocol(), JavaMailSenderImpl.DEFAULT_PROTOCOL);
        var connection = sender.getSession().getTransport(protocol);
        connection.connect(sender.getHost(), sender.getPort(), sender.getUsername(), sender.getPassword());
        return connection;
    }

    private static void close(Transport connection) {
        try {
            connection.close();
        } catch (MessagingException e) {
            log.debug("smtp=not-closed", e);
        }
    }

    /** {@code MAIL} is the first command for each message. */
    private static boolean endedBeforeMessage(SMTPSendFailedException failure) {
        return failure.getCommand().startsWith("MAIL ")
                && (failure.getReturnCode() == CLOSING || failure.getReturnCode() == CLOSED);
    }

    /** @param since by {@link System#nanoTime()} */
    private record Idle(Transport connection, long since) {

        private boolean isIdleFor(Duration time) {
            return System.nanoTime() - since >= time.toNanos();
        }
    }
}
