package dev.orderflow.edge;

import dev.orderflow.edge.connection.ClientConnections;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.function.LongSupplier;
import org.springframework.http.HttpHeaders;

/** Reads a request's body completely: no more than a number of bytes, for no longer than a time. */
final class BodyReader {

    private static final int FIRST = 8 * 1024;
    private static final Set<String> USUALLY_WITHOUT = Set.of("GET", "HEAD", "DELETE", "OPTIONS");

    private final long limit;
    private final long nanos;
    private final LongSupplier nanoTime;

    BodyReader(long limit, Duration time, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanos = time.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Whether there may be one. A client that does not say how long it is may send one with any method. */
    static boolean mayHaveBody(HttpServletRequest request) {
        var length = request.getContentLengthLong();
        return length > 0
                || (length < 0
                        && (!USUALLY_WITHOUT.contains(request.getMethod())
                                || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null));
    }

    /** @throws RefusedBodyException if it is too large, too slow or not what was announced */
    byte[] read(HttpServletRequest request) throws RefusedBodyException {
        var announced = request.getContentLengthLong();
        if (announced > limit) {
            throw tooLarge();
        }
        try {
            return read(request, announced);
        } catch (SocketTimeoutException e) {
            throw tooSlow();
        } catch (IOException e) {
            throw new RefusedBodyException(
                    HttpServletResponse.SC_BAD_REQUEST,
                    "incomplete_body",
                    "The body is not complete or not well-formed.");
        }
    }

    /** Memory grows with what has come, not with what was announced. */
    private byte[] read(HttpServletRequest request, long announced) throws IOException, RefusedBodyException {
        var input = request.getInputStream();
        var bytes = new byte[(int) (announced < 0 ? FIRST : Math.min(announced, FIRST))];
        var length = 0;
        var end = nanoTime.getAsLong() + nanos;
        var waiting = false;
        while (length != announced) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(2L * length, announced < 0 ? limit + 1 : announced));
            }
            // Most bodies come together with their headers.
            if (waiting || input.available() < announced - length || announced < 0) {
                ClientConnections.waitForBody(bytes.length);
                waiting = true;
            }
            var count = input.read(bytes, length, bytes.length - length);
            if (count < 0) {
                break;
            }
            length += count;
            if (length > limit) {
                throw tooLarge();
            }
            if (nanoTime.getAsLong() - end > 0 && length != announced) {
                throw tooSlow();
            }
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private RefusedBodyException tooLarge() {
        return new RefusedBodyException(
                HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                "body_too_large",
                "The body is larger than " + limit + " bytes.");
    }

    private static RefusedBodyException tooSlow() {
        return new RefusedBodyException(
                HttpServletResponse.SC_REQUEST_TIMEOUT, "body_too_slow", "The body did not come in time.");
    }
}
