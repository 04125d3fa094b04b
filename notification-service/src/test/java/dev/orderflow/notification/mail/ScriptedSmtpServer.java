package dev.orderflow.notification.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An SMTP server that answers commands by script, and 250 to all others. Test servers for receiving e-mails, such as
 * GreenMail, cannot be scripted to refuse.
 */
class ScriptedSmtpServer implements AutoCloseable {

    /** Marks a command that gets no answer. */
    static final String SILENCE = "";

    /** Answer that closes the connection. */
    static final String HANG_UP = "hang up";

    /** Answer to {@code DATA} that accepts the message but does not read it. */
    static final String DEAF = "354 deaf";

    private static final String END_OF_DATA = ".";

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Map<String, String> answers;
    private final boolean answersFirst;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger connections = new AtomicInteger();

    /** @param answers by the first word of a command; {@code .} is the end of a message */
    ScriptedSmtpServer(Map<String, String> answers) throws IOException {
        this(answers, true);
    }

    private ScriptedSmtpServer(Map<String, String> answers, boolean answersFirst) throws IOException {
        this.answers = answers;
        this.answersFirst = answersFirst;
        Thread.startVirtualThread(this::accept);
    }

    /** Answers {@code command} this way from its second occurrence in a connection. */
    static ScriptedSmtpServer answeringLater(String command, String answer) throws IOException {
        return new ScriptedSmtpServer(Map.of(command, answer), false);
    }

    /** Returns the number of connections opened so far. */
    int connections() {
        return connections.get();
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        closed.countDown();
    }

    private void accept() {
        try {
            while (true) {
                var connection = socket.accept();
                connections.incrementAndGet();
                Thread.startVirtualThread(() -> converse(connection));
            }
        } catch (SocketException closed) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void converse(Socket connection) {
        try (connection;
                var in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII))) {
            say(connection, "220 scripted");
            var inData = false;
            var heard = new HashSet<String>();
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (inData && !line.equals(END_OF_DATA)) {
                    continue;
                }
                var command = line.split(" ", 2)[0];
                var usual = command.equals("DATA") ? "354 go on" : "250 OK";
                var scripted = !heard.add(command) || answersFirst;
                var answer = scripted ? answers.getOrDefault(command, usual) : usual;
                if (answer.equals(HANG_UP)) {
                    return;
                }
                inData = answer.startsWith("354");
                say(connection, answer);
                if (answer.equals(DEAF)) {
                    closed.await();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(Socket connection, String answer) throws IOException {
        if (!answer.equals(SILENCE)) {
            connection.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
    }
}
