package dev.orderflow.eventing.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogTextTests {

    @Test
    void aTokenStandsAsItIs() {
        assertThat(LogText.of("dev.orderflow.order.placed.v1")).isEqualTo("dev.orderflow.order.placed.v1");
        assertThat(LogText.of(null)).isEqualTo("null");
        assertThat(LogText.of("")).isEqualTo("\"\"");
    }

    @Test
    void textCannotForgeALineOrAnotherValue() {
        assertThat(LogText.of("x\r\nERROR event=dead id=1")).isEqualTo("\"x\\r\\nERROR event=dead id=1\"");
        assertThat(LogText.of("x\" event=\"dead")).isEqualTo("\"x\\\" event=\\\"dead\"");
        assertThat(LogText.of("x\\")).isEqualTo("\"x\\\\\"");
        assertThat(LogText.of("a\u2028b\u0085c")).isEqualTo("\"a\\u{2028}b\\u{85}c\"");
    }

    @Test
    void textCannotReachTheTerminal() {
        assertThat(LogText.of("\u001b[31mred\u009b2J\u202eback\0"))
                .isEqualTo("\"\\u{1b}[31mred\\u{9b}2J\\u{202e}back\\u{0}\"");
    }

    @Test
    void lettersOfAllLanguagesStayReadableAndHalvesOfCharactersAreEscaped() {
        assertThat(LogText.of("Müller 😀")).isEqualTo("\"Müller 😀\"");
        assertThat(LogText.of("\ud83d")).isEqualTo("\"\\u{d83d}\"");
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        var text = LogText.of("a".repeat(LogText.LONGEST - 1) + "😀" + "b".repeat(1_000_000));

        assertThat(text).hasSizeLessThan(LogText.LONGEST + 50).contains("a😀\"…(1000501 characters)");
    }
}
