package dev.orderflow.edge.test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client that sends any bytes, at any speed. */
public final class RawClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RawClient.class);

    private final Socket socket;

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    public static RawClient connect(int port) {
        return connect(port, "127.0.0.1");
    }

    /** @param from another address of this machine, such as {@code 127.0.0.2} */
    public static RawClient connect(int port, String from) {
        try {
            var socket = new Socket("127.0.0.1", port, InetAddress.getByName(from), 0);
            socket.setSoTimeout(15_000);
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RawClient send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends like {@link #send}, but tolerates that the server has closed the connection. */
    public void sendIfOpen(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        } catch (IOException e) {
            LOG.debug("connection=closed cause=\"{}\"", e.toString());
        }
    }

    /** Returns the response's status; 0 if the connection ended without one. */
    public int status() {
        var line = read(12);
        return line.length() < 12 ? 0 : Integer.parseInt(line.substring(9));
    }

    /**
     * Returns the status line and headers, or the part received before {@code millis} have passed or the connection
     * ended.
     */
    public String head(int millis) {
        var head = new StringBuilder();
        try {
            socket.setSoTimeout(millis);
            while (head.indexOf("\r\n\r\n") < 0) {
                var next = socket.getInputStream().read();
                if (next < 0) {
                    break;
                }
                head.append((char) next);
            }
        } catch (IOException e) {
            LOG.debug("answer=incomplete cause=\"{}\"", e.toString());
        }
        return head.toString();
    }

    /** Reads until the server closes the connection. */
    public String rest() {
        return read(Integer.MAX_VALUE);
    }

    /** Returns whether the server ends the connection within {@code millis}. */
    public boolean ends(int millis) {
        try {
            socket.setSoTimeout(millis);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // Reset.
        }
    }

    private String read(int most) {
        var bytes = new ByteArrayOutputStream();
        try {
            while (bytes.size() < most) {
                var next = socket.getInputStream().read();
                if (next < 0) {
                    break;
                }
                bytes.write(next);
            }
        } catch (SocketTimeoutException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            // Reset: the bytes received before count.
            return bytes.toString(ISO_8859_1);
        }
        return bytes.toString(ISO_8859_1);
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
