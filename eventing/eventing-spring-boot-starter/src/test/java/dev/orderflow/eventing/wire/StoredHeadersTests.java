package dev.orderflow.eventing.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class StoredHeadersTests {

    @Test
    void headersComeBackExactly() {
        var headers = List.<Header>of(
                header("ce_time", "2026-03-01T12:00:00Z"),
                header("x", ""),
                header("x", "again"),
                new RecordHeader("null", null),
                header("schlüssel", "Wert ✓"),
                new RecordHeader("bytes", new byte[] {0, -1, 127, -128}),
                new RecordHeader("large", new byte[100_000]));

        assertThat(StoredHeaders.read(StoredHeaders.write(headers))).isEqualTo(headers);
    }

    @Test
    void noHeadersAreNoBytes() {
        assertThat(StoredHeaders.write(List.of())).isEmpty();
        assertThat(StoredHeaders.read(new byte[0])).isEmpty();
    }

    @Test
    void wellKnownNamesTakeOneByte() {
        assertThat(StoredHeaders.write(List.of(header("ce_correlationid", "4711"))))
                .containsExactly(2, 0, 0, 0, 4, '4', '7', '1', '1');
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        var headers = List.<Header>of(header("x".repeat(32_768), "value"));
        assertThatIllegalArgumentException().isThrownBy(() -> StoredHeaders.write(headers));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }
}
