package dev.orderflow.sandbox.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.orderflow.sandbox.SandboxProperties;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the SMTP conversation line by line. */
class SmtpSinkTests {

    private static final String GOOD = "Subject: Hello\r\n\r\nHello.\r\n.";
    private static final String BAD = "X-Flood: yes\r\n".repeat(2_000) + "\r\nHello.\r\n.";

    @TempDir
    Path data;

    private Mailbox mailbox;
    private SmtpSink sink;

    @BeforeEach
    void start() {
        mailbox = new Mailbox(properties(0));
        sink = new SmtpSink(mailbox, properties(0));
        sink.start();
    }

    @AfterEach
    void stop() throws IOException {
        sink.stop();
        mailbox.close();
    }

    @Test
    void severalMailsComeOverOneConnection() throws IOException {
        try (var sender = new Sender()) {
            sender.send("ann@example.com", GOOD, "250");
            sender.send("bob@example.com", GOOD, "250");
        }

        assertThat(mailbox.list(10, 0).items())
                .extracting(Mail::to)
                .containsExactly("ann@example.com", "bob@example.com");
    }

    /** The rest of a rejected e-mail must be read neither as commands nor as a part of the next e-mail. */
    @Test
    void aRefusedMailEndsTheConnectionAndLeavesNothing() throws IOException {
        try (var sender = new Sender()) {
            sender.send("ann@example.com", BAD, "554");
            assertThat(sender.answer()).isNull();
        }
        try (var sender = new Sender()) {
            sender.send("bob@example.com", GOOD, "250");
        }

        assertThat(mailbox.list(10, 0).items()).extracting(Mail::to).containsExactly("bob@example.com");
    }

    @Test
    void aMailWhoseSenderDisconnectsIsNotKept() throws IOException {
        try (var sender = new Sender()) {
            sender.begin("ann@example.com");
            sender.say("Subject: Hello\r\n\r\nHel");
        }
        try (var sender = new Sender()) {
            sender.send("bob@example.com", GOOD, "250");
        }

        assertThat(mailbox.list(10, 0).items()).extracting(Mail::to).containsExactly("bob@example.com");
    }

    @Test
    void itCanBeStartedAgain() throws IOException {
        sink.stop();
        assertThat(sink.isRunning()).isFalse();
        sink.start();

        try (var sender = new Sender()) {
            sender.send("ann@example.com", GOOD, "250");
        }
        assertThat(mailbox.list(10, 0).total()).isEqualTo(1);
    }

    /** SubEtha waits for the session, and would not end before the sender disconnects. */
    @Test
    void aSenderThatDoesNotReadDoesNotDelayAStop() throws Exception {
        var stopped = new CountDownLatch(1);
        try (var sender = new Sender()) {
            sender.floodUntilNothingMoves();

            assertTimeoutPreemptively(Duration.ofSeconds(5), () -> sink.stop(stopped::countDown));
        }
        assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aPortInUseIsNamedWithWhatToDo() throws IOException {
        try (var other = new ServerSocket(0)) {
            var properties = properties(other.getLocalPort());
            assertThatIllegalStateException()
                    .isThrownBy(() -> new SmtpSink(mailbox, properties).start())
                    .withMessageContaining("127.0.0.1:" + other.getLocalPort())
                    .withMessageContaining("sandbox.smtp-port");
        }
    }

    private SandboxProperties properties(int port) {
        return new SandboxProperties(data, "127.0.0.1", port);
    }

    private final class Sender implements AutoCloseable {

        private final Socket socket = new Socket("127.0.0.1", sink.port());
        private final BufferedReader answers =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));

        private Sender() throws IOException {
            assertThat(answer()).startsWith("220");
            ask("HELO sender", "250");
        }

        private void send(String recipient, String mail, String expected) throws IOException {
            begin(recipient);
            ask(mail, expected);
        }

        private void begin(String recipient) throws IOException {
            ask("MAIL FROM:<shop@example.com>", "250");
            ask("RCPT TO:<" + recipient + ">", "250");
            ask("DATA", "354");
        }

        private void ask(String line, String expected) throws IOException {
            say(line + "\r\n");
            assertThat(answer()).startsWith(expected);
        }

        private void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(US_ASCII));
        }

        /** Sends without reading the replies, until neither side can write. */
        private void floodUntilNothingMoves() {
            var written = new AtomicLong();
            Thread.ofVirtual().start(() -> {
                var commands = "NOOP\r\n".repeat(1_000).getBytes(US_ASCII);
                try {
                    while (!socket.isClosed()) {
                        socket.getOutputStream().write(commands);
                        written.addAndGet(commands.length);
                    }
                } catch (IOException e) {
                    written.set(-1); // Expected: the connection has ended.
                }
            });
            var before = new AtomicLong(-1);
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> before.getAndSet(written.get()) == written.get());
        }

        /** Returns the next reply; null at the end of the connection. */
        private String answer() throws IOException {
            return answers.readLine();
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
