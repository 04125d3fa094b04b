package dev.orderflow.notification.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** An SMTP server that offers STARTTLS and remembers the commands before and after it. */
class SecuredSmtpServer implements AutoCloseable {

    private final ServerSocket socket;
    private final @Nullable SSLContext tls;
    private final List<String> plain = new CopyOnWriteArrayList<>();
    private final List<String> secured = new CopyOnWriteArrayList<>();

    /** @param tls null to offer no TLS */
    SecuredSmtpServer(String host, @Nullable SSLContext tls) throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.getByName(host));
        this.tls = tls;
        Thread.startVirtualThread(this::accept);
    }

    String host() {
        return socket.getInetAddress().getHostAddress();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** {@return the first words of commands that anybody could read} */
    List<String> plain() {
        return plain;
    }

    /** {@return the first words of encrypted commands} */
    List<String> secured() {
        return secured;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept() {
        try {
            while (true) {
                var connection = socket.accept();
                Thread.startVirtualThread(() -> begin(connection));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void begin(Socket connection) {
        try (connection) {
            say(connection, "220 ready");
            if (converse(connection, plain) && tls != null) {
                try (var upgraded = (SSLSocket)
                        tls.getSocketFactory().createSocket(connection, null, connection.getPort(), false)) {
                    upgraded.setUseClientMode(false);
                    converse(upgraded, secured);
                }
            }
        } catch (IOException ended) {
            return; // The client refuses this server.
        }
    }

    /** Returns whether the client wants to continue with TLS. */
    private boolean converse(Socket connection, List<String> heard) throws IOException {
        var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        var inData = false;
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            if (inData && !line.equals(".")) {
                continue;
            }
            var command = line.split(" ", 2)[0];
            heard.add(command);
            inData = command.equals("DATA");
            say(connection, answer(command, connection));
            if (command.equals("STARTTLS")) {
                return true;
            }
        }
        return false;
    }

    private String answer(String command, Socket connection) {
        return switch (command) {
            case "EHLO" -> offersTls(connection) ? "250-secured\r\n250 STARTTLS" : "250-secured\r\n250 AUTH PLAIN";
            case "AUTH" -> "235 welcome";
            case "STARTTLS" -> "220 go on";
            case "DATA" -> "354 go on";
            default -> "250 OK";
        };
    }

    private boolean offersTls(Socket connection) {
        return tls != null && !(connection instanceof SSLSocket);
    }

    private static void say(Socket connection, String answer) throws IOException {
        connection.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
