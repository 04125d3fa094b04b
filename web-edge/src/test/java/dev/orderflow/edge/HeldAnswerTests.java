package dev.orderflow.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class HeldAnswerTests {

    private static final int SEEDS = 200;

    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final HeldAnswer answer = new HeldAnswer(response);

    @Test
    void nothingIsSentBeforeTheAnswerIsComplete() throws IOException {
        answer.getOutputStream().write("half".getBytes(UTF_8));
        answer.getOutputStream().flush();
        answer.flushBuffer();

        assertThat(response.isCommitted()).isFalse();
        assertThat(response.getContentAsByteArray()).isEmpty();
        assertThat(answer.size()).isEqualTo(4);

        answer.send();

        assertThat(response.isCommitted()).isTrue();
        assertThat(response.getContentAsString()).isEqualTo("half");
        assertThat(response.getContentLength()).isEqualTo(4);
    }

    /** Random mixtures of bytes, arrays and flushes. */
    @Test
    void theAnswerIsWhatWasWrittenInItsOrder() throws IOException {
        for (var seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var response = new MockHttpServletResponse();
            var answer = new HeldAnswer(response);
            var expected = new ByteArrayOutputStream();
            for (var writes = random.nextInt(30); writes > 0; writes--) {
                var bytes = new byte[random.nextInt(2_000)];
                random.nextBytes(bytes);
                var offset = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
                answer.getOutputStream().write(bytes, offset, bytes.length - offset);
                expected.write(bytes, offset, bytes.length - offset);
                answer.getOutputStream().write(seed);
                expected.write(seed);
                if (random.nextInt(3) == 0) {
                    answer.flushBuffer();
                }
            }

            assertThat(answer.size()).as("seed %d", seed).isEqualTo(expected.size());
            answer.send();
            assertThat(response.getContentAsByteArray()).as("seed %d", seed).isEqualTo(expected.toByteArray());
        }
    }

    @Test
    void textIsWrittenInTheCharsetOfTheAnswer() throws IOException {
        answer.setCharacterEncoding("UTF-8");
        answer.getWriter().print("10 €");

        assertThat(answer.getWriter()).isSameAs(answer.getWriter());
        assertThat(answer.size()).isEqualTo(6);
        answer.send();
        assertThat(response.getContentAsByteArray()).isEqualTo("10 €".getBytes(UTF_8));
    }

    @Test
    void anErrorTakesThePlaceOfWhatWasWritten() throws IOException {
        answer.getOutputStream().write(new byte[10]);
        answer.sendError(HttpServletResponse.SC_NOT_FOUND);

        assertThat(answer.size()).isZero();
        assertThat(response.getStatus()).isEqualTo(404);
    }

    @Test
    void anErrorWithAMessageTakesThePlaceOfWhatWasWritten() throws IOException {
        answer.getOutputStream().write(new byte[10]);
        answer.sendError(HttpServletResponse.SC_CONFLICT, "no");

        assertThat(answer.size()).isZero();
        assertThat(response.getStatus()).isEqualTo(409);
    }

    /** Tomcat has answered already: more bytes would be taken for the next answer. */
    @Test
    void whatTheContainerHasAnsweredIsNotAnsweredAgain() throws IOException {
        answer.getOutputStream().write(new byte[10]);
        response.sendError(HttpServletResponse.SC_BAD_REQUEST);

        answer.send();

        assertThat(response.getContentAsByteArray()).isEmpty();
    }

    @Test
    void aResetTakesBackTheContentWithOrWithoutTheHeaders() throws IOException {
        answer.setHeader("X-Kept", "yes");
        answer.getOutputStream().write(new byte[10]);
        answer.resetBuffer();
        assertThat(answer.size()).isZero();
        assertThat(response.getHeader("X-Kept")).isEqualTo("yes");

        answer.getOutputStream().write(new byte[10]);
        answer.reset();
        assertThat(answer.size()).isZero();
        assertThat(response.getHeader("X-Kept")).isNull();
    }

    @Test
    void anAnswerWithoutContentHasNoLengthOfItsOwn() throws IOException {
        answer.setStatus(HttpServletResponse.SC_NO_CONTENT);
        answer.send();

        assertThat(response.isCommitted()).isTrue();
        assertThat(response.getHeader("Content-Length")).isNull();
    }

    @Test
    void answersAreWrittenByTheThreadThatMakesThem() {
        assertThat(answer.getOutputStream().isReady()).isTrue();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> answer.getOutputStream().setWriteListener(null));
    }
}
