package dev.orderflow.edge;

import dev.orderflow.edge.connection.ClientConnections;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.function.LongSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Reads a request's body completely, within a bound of bytes and time, and while memory is free. Refuses bodies of
 * methods that have none, because such requests may wait for long and would keep their bodies in memory.
 */
final class BodyReader {

    /** Initial buffer; grows with the received bytes. */
    private static final int FIRST = 8 * 1024;
    /** Methods whose requests must not have a body. */
    private static final Set<String> WITHOUT = Set.of("GET", "HEAD", "DELETE", "OPTIONS", "TRACE");

    private final long limit;
    private final long nanos;
    private final LongSupplier nanoTime;

    BodyReader(long limit, Duration time, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanos = time.toNanos();
        this.nanoTime = nanoTime;
    }

    /** @throws RefusedBodyException if the body is unexpected, too large, too slow or not as announced */
    HttpServletRequest complete(HttpServletRequest request) throws RefusedBodyException {
        var announced = request.getContentLengthLong();
        if (announced == 0) {
            return request;
        }
        if (WITHOUT.contains(request.getMethod())) {
            if (announced < 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null) {
                return request;
            }
            throw new RefusedBodyException(
                    HttpServletResponse.SC_BAD_REQUEST, "unexpected_body", "A request of this method has no body.");
        }
        if (announced > limit) {
            throw tooLarge();
        }
        try {
            return new CompleteRequest(request, read(request.getInputStream(), announced));
        } catch (SocketTimeoutException e) {
            throw tooSlow();
        } catch (IOException e) {
            throw new RefusedBodyException(
                    HttpServletResponse.SC_BAD_REQUEST, "incomplete_body", "The body is incomplete or malformed.");
        }
    }

    /** Allocates memory for the received bytes, not for the announced length. */
    private byte[] read(InputStream input, long announced) throws IOException, RefusedBodyException {
        var bytes = allocate(announced < 0 ? FIRST : Math.min(announced, FIRST));
        var length = 0;
        var end = nanoTime.getAsLong() + nanos;
        while (length != announced) {
            if (length == bytes.length) {
                var larger = allocate(Math.min(2L * length, announced < 0 ? limit + 1 : announced));
                System.arraycopy(bytes, 0, larger, 0, length);
                bytes = larger;
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

    private static byte[] allocate(long bytes) throws RefusedBodyException {
        if (!ClientConnections.waitForBody(bytes)) {
            throw new RefusedBodyException(
                    HttpStatus.TOO_MANY_REQUESTS.value(),
                    "overloaded",
                    "The service has no memory for this request at the moment. Nothing was done for it.");
        }
        return new byte[(int) bytes];
    }

    private RefusedBodyException tooLarge() {
        return new RefusedBodyException(
                HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                "body_too_large",
                "The body is larger than " + limit + " bytes.");
    }

    private static RefusedBodyException tooSlow() {
        return new RefusedBodyException(
                HttpServletResponse.SC_REQUEST_TIMEOUT, "body_too_slow", "The body was not received in time.");
    }
}
