package dev.orderflow.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class BodyReaderTests {

    private static final int LIMIT = 100_000;
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final int SEEDS = 200;

    private final BodyReader reader = new BodyReader(LIMIT, TIME, () -> this.now);
    private long now = Long.MAX_VALUE - 1_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 8191, 8192, 8193, 16_384, 16_385, LIMIT - 1, LIMIT})
    void aBodyIsReadCompletelyWhetherItsLengthIsAnnouncedOrNot(int length) throws Exception {
        var content = content(length);

        assertThat(body(reader.complete(announced(length, content)))).isEqualTo(content);
        assertThat(body(reader.complete(chunked(content)))).isEqualTo(content);
    }

    /** A client decides how many bytes come at once, and the network does so again. */
    @Test
    void aBodyIsTheSameInWhateverPiecesItComes() throws Exception {
        for (var seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var content = content(1 + random.nextInt(30_000));
            var input = new Input(content) {
                @Override
                int pieceOf(int wanted) {
                    now += random.nextInt(1_000);
                    return 1 + random.nextInt(Math.min(wanted, 1 + random.nextInt(5_000)));
                }
            };

            var complete = reader.complete(new Request("POST", random.nextBoolean() ? content.length : -1, input));

            assertThat(body(complete)).as("seed %d", seed).isEqualTo(content);
        }
    }

    @Test
    void aBodyThatIsAnnouncedTooLargeIsRefusedBeforeAnyOfItIsRead() {
        var request = announced(LIMIT + 1L, content(1));

        assertRefused(request, 413, "body_too_large");
        assertThat(request.input.read).isZero();
    }

    @Test
    void aBodyOfUnknownLengthIsRefusedAsSoonAsItIsTooLarge() {
        var request = chunked(content(3 * LIMIT));

        assertRefused(request, 413, "body_too_large");
        assertThat(request.input.read).isEqualTo(LIMIT + 1);
    }

    @Test
    void aBodyThatDripsForTooLongIsRefusedWhateverItsLength() {
        assertRefused(new Request("POST", 300, new Dripping(300, Duration.ofSeconds(1))), 408, "body_too_slow");
        assertRefused(new Request("POST", -1, new Dripping(300, Duration.ofSeconds(1))), 408, "body_too_slow");
    }

    @Test
    void aBodyIsNotTooSlowWhenItsLastByteComesLate() throws Exception {
        var request = new Request("POST", 3, new Dripping(3, Duration.ofSeconds(4)));

        assertThat(body(reader.complete(request))).hasSize(3);
    }

    @Test
    void aConnectionOnWhichNothingComesIsTooSlow() {
        assertRefused(failing(new SocketTimeoutException("read timed out")), 408, "body_too_slow");
    }

    @Test
    void aBodyThatIsCutOffOrMalformedIsRefused() {
        assertRefused(failing(new IOException("invalid chunk header")), 400, "incomplete_body");
    }

    /** A request that waits would keep its body in memory. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS", "TRACE"})
    void aMethodThatHasNoUseForABodyGetsNone(String method) throws Exception {
        var announced = new Request(method, 5, new Input(content(5)));
        var chunked = new Request(method, -1, new Input(content(5)));
        chunked.addHeader("Transfer-Encoding", "chunked");
        var without = new Request(method, -1, new Input(content(5)));
        var empty = new Request(method, 0, new Input(content(5)));

        assertRefused(announced, 400, "unexpected_body");
        assertRefused(chunked, 400, "unexpected_body");
        assertThat(reader.complete(without)).isSameAs(without);
        assertThat(reader.complete(empty)).isSameAs(empty);
        assertThat(announced.input.read + chunked.input.read + without.input.read + empty.input.read)
                .isZero();
    }

    @Test
    void anEmptyBodyIsNotReadAtAll() throws Exception {
        var request = announced(0, content(5));

        assertThat(reader.complete(request)).isSameAs(request);
        assertThat(request.input.read).isZero();
    }

    private void assertRefused(HttpServletRequest request, int status, String code) {
        assertThatThrownBy(() -> reader.complete(request))
                .isInstanceOfSatisfying(RefusedBodyException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(status);
                    assertThat(refused.code()).isEqualTo(code);
                    assertThat(refused.getStackTrace()).isEmpty();
                });
    }

    private static Request announced(long length, byte[] content) {
        return new Request("POST", length, new Input(content));
    }

    private static Request chunked(byte[] content) {
        return new Request("PUT", -1, new Input(content));
    }

    private static Request failing(IOException failure) {
        return new Request("POST", 10, new Input(content(10)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw failure;
            }
        });
    }

    private static byte[] content(int length) {
        var content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        return request.getInputStream().readAllBytes();
    }

    /** A request whose headers announce a length, or none: -1. */
    private static final class Request extends MockHttpServletRequest {

        private final long length;
        private final Input input;

        private Request(String method, long length, Input input) {
            super(method, "/things");
            this.length = length;
            this.input = input;
        }

        @Override
        public long getContentLengthLong() {
            return length;
        }

        @Override
        public ServletInputStream getInputStream() {
            return input;
        }
    }

    private static class Input extends ServletInputStream {

        private final byte[] content;
        private int read;

        private Input(byte[] content) {
            this.content = content;
        }

        /** Returns how many bytes come at once. */
        int pieceOf(int wanted) {
            return wanted;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (isFinished()) {
                return -1;
            }
            var count = pieceOf(Math.min(length, content.length - read));
            System.arraycopy(content, read, into, offset, count);
            read += count;
            return count;
        }

        @Override
        public int read() {
            return isFinished() ? -1 : content[read++] & 0xFF;
        }

        @Override
        public boolean isFinished() {
            return read == content.length;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    /** A body of which one byte comes at a time. */
    private final class Dripping extends Input {

        private final Duration between;

        private Dripping(int length, Duration between) {
            super(content(length));
            this.between = between;
        }

        @Override
        int pieceOf(int wanted) {
            now += between.toNanos();
            return 1;
        }
    }
}
