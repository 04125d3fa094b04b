package dev.orderflow.hub.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CopyTextTests {

    private final CopyText row = new CopyText();

    @Test
    void separatorsAndEscapesInValuesAreEscaped() {
        assertThat(text(row.add(1).add("a\tb\\c\nd\re"))).isEqualTo("1\ta\\tb\\\\c\\nd\\re\n");
    }

    @Test
    void nullIsNoText() {
        assertThat(text(row.add(1).add(null).add("\\N").addBytes(null))).isEqualTo("1\t\\N\t\\\\N\t\\N\n");
    }

    @Test
    void bytesAreHexadecimal() {
        assertThat(text(row.add(1).addBytes(new byte[] {0, (byte) 255}))).isEqualTo("1\t\\\\x00ff\n");
    }

    @Test
    void eachRowBeginsEmpty() {
        row.add("first").end();

        assertThat(text(row.add("second"))).isEqualTo("second\n");
    }

    private static String text(CopyText row) {
        return new String(row.end(), UTF_8);
    }
}
