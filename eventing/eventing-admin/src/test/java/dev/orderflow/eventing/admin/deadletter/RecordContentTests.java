package dev.orderflow.eventing.admin.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordContentTests {

    @ParameterizedTest
    @ValueSource(strings = {"{\"total\": 15.30, \"a\":1e400}", "[1]", "\"text\"", "null", " 17 "})
    void jsonIsShownToTheLetter(String json) {
        assertThat(RecordContent.json(json.getBytes(UTF_8))).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "hello", "{\"a\":", "{} {}"})
    void otherTextIsShownAsBase64(String text) {
        assertThat(RecordContent.json(text.getBytes(UTF_8))).startsWith("{\"base64\":\"");
    }

    @Test
    void otherBytesAreShownAsBase64() {
        assertThat(RecordContent.json(new byte[] {(byte) 0xff, 0})).isEqualTo("{\"base64\":\"/wA=\"}");
        assertThat(RecordContent.json(null)).isNull();
    }

    @Test
    void headersAreTextWhereTheyCanBe() {
        var headers = new RecordHeaders()
                .add("text", "ü".getBytes(UTF_8))
                .add("bytes", new byte[] {(byte) 0xff})
                .add("none", null)
                .add("twice", "1".getBytes(UTF_8))
                .add("twice", "2".getBytes(UTF_8));

        assertThat(RecordContent.readable(headers))
                .containsExactly(
                        entry("text", "ü"), entry("bytes", "base64:/w=="), entry("none", null), entry("twice", "2"));
    }
}
