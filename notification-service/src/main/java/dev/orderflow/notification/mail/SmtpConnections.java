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
 * Sends messages over connections that stay open for further messages, because connecting and greeting cost more than
 * an e-mail. The pool keeps as many connections as were used at once within the last seconds. Thread-safe.
 * <p>
 * A connection is closed after any error, so that no message reads the remaining replies of another. Servers close
 * connections at will, such as after a number of e-mails or minutes. A server that closes before the message begins has
 * not accepted it; the message is then sent over a new connection, without a failure.
 */
class SmtpConnections implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SmtpConnections.class);

    /** RFC 5321 lets servers wait for five minutes, but an unused connection occupies the server. */
    static final Duration LONGEST_IDLE = Duration.ofSeconds(10);
    /** A connection that was idle for longer is checked before it is used. */
    private static final Duration TRUSTED_IDLE = Duration.ofSeconds(1);
    /** "Service not available, closing transmission channel" (RFC 5321). */
    private static final int CLOSING = 421;
    /** Reply code that Jakarta Mail reports when the connection ended without an answer. */
    private static final int CLOSED = -1;

    private final JavaMailSenderImpl sender;
    /** The most recently used connection is first, so that surplus ones age. */
    private final Deque<Idle> idle = new ConcurrentLinkedDeque<>();

    SmtpConnections(JavaMailSenderImpl sender) {
        this.sender = sender;
    }

    /**
     * Sends a message, and returns when the server has accepted it.
     *
     * @throws MessagingException if it did not confirm that; it may have accepted the message
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
            send(message); // The recursion ends, because each call closes an idle connection.
        }
    }

    /** Closes connections that were idle for long. Call it periodically. */
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
            log.debug("smtp=not-closed cause={}", e.getClass().getSimpleName());
        }
    }

    /** Returns whether the server ended the connection before the message: {@code MAIL} is its first command. */
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
