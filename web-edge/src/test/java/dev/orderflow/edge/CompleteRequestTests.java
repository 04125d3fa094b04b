package dev.orderflow.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class CompleteRequestTests {

    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/things");

    @Test
    void theBodyIsThatOfMemoryAndNotOfTheConnection() throws IOException {
        request.setContent("what the client sent".getBytes(UTF_8));

        var complete = new CompleteRequest(request, "what was read".getBytes(UTF_8));

        assertThat(complete.getInputStream().readAllBytes()).asString().isEqualTo("what was read");
        assertThat(request.getInputStream().readAllBytes()).asString().isEqualTo("what the client sent");
    }

    @Test
    void allWaysOfReadingContinueWhereTheLastOneEnded() throws IOException {
        var input = new CompleteRequest(request, "abcdef".getBytes(UTF_8)).getInputStream();
        var two = new byte[4];

        assertThat(input.isReady()).isTrue();
        assertThat(input.available()).isEqualTo(6);
        assertThat(input.read()).isEqualTo('a');
        assertThat(input.read(two, 1, 2)).isEqualTo(2);
        assertThat(two).containsExactly(0, 'b', 'c', 0);
        assertThat(input.isFinished()).isFalse();
        assertThat(input.readAllBytes()).containsExactly('d', 'e', 'f');
        assertThat(input.isFinished()).isTrue();
        assertThat(input.read()).isEqualTo(-1);
        assertThat(input.read(two, 0, 4)).isEqualTo(-1);
    }

    @Test
    void aBodyIsReadAsUtf8UnlessItsRequestNamesAnotherCharset() throws IOException {
        assertThat(new CompleteRequest(request, "Käse €".getBytes(UTF_8))
                        .getReader()
                        .readLine())
                .isEqualTo("Käse €");

        request.setCharacterEncoding("ISO-8859-1");
        assertThat(new CompleteRequest(request, "Käse".getBytes(ISO_8859_1))
                        .getReader()
                        .readLine())
                .isEqualTo("Käse");
    }

    @Test
    void nobodyIsToldOfABodyThatIsThereAlready() throws IOException {
        var input = new CompleteRequest(request, new byte[1]).getInputStream();

        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> input.setReadListener(null));
    }
}
