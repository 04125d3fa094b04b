package dev.orderflow.demo.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ForeignTextTests {

    @Test
    void controlCharactersAreShownAsTheirCodes() {
        assertThat(ForeignText.line("a\u001B[2Jb")).isEqualTo("a\\u{1b}[2Jb");
        assertThat(ForeignText.line("a\r\nb\tc")).isEqualTo("a\\r\\nb\\tc");
        assertThat(ForeignText.line("a\u009Bb\u202Ec\u2066d\u200Ee\u2028f\u0000"))
                .isEqualTo("a\\u{9b}b\\u{202e}c\\u{2066}d\\u{200e}e\\u{2028}f\\u{0}");
        assertThat(ForeignText.line("half \uD83D of a pair")).isEqualTo("half \\u{d83d} of a pair");
    }

    @Test
    void otherTextStaysAsItIs() {
        assertThat(ForeignText.line("\u2116 1301, \u00C4rger \uD83D\uDE00 \u0645\u0631\u062D\u0628\u0627"))
                .isEqualTo("\u2116 1301, \u00C4rger \uD83D\uDE00 \u0645\u0631\u062D\u0628\u0627");
        assertThat(ForeignText.line(null)).isEqualTo("null");
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        assertThat(ForeignText.cut("x".repeat(10), 10)).isEqualTo("x".repeat(10));
        assertThat(ForeignText.cut("x".repeat(11), 10)).isEqualTo("x".repeat(9) + "\u2026");
        assertThat(ForeignText.cut("x".repeat(8) + "\uD83D\uDE00yz", 10)).isEqualTo("x".repeat(8) + "\u2026");
        assertThat(ForeignText.line("\u001B".repeat(1_000_000))).hasSizeLessThan(10_000);
    }

    @Test
    void everyControlCharacterIsStoppedOnItsWayToTheTerminal() {
        var text = new StringWriter();
        var out = TerminalWriter.around(new PrintWriter(text));
        for (var character = 0; character < 0x3000; character++) {
            out.write(character);
        }
        out.print("\uD83D");
        out.print("\uDE00 \u001B]0;title\u0007");
        out.printf(Locale.ROOT, "%s%n", "\u202E");
        out.flush();

        assertThat(text.toString().codePoints().filter(character -> character != '\n' && character != '\t'))
                .noneMatch(character -> switch (Character.getType(character)) {
                    case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
                    default -> false;
                });
        assertThat(text.toString())
                .contains("\uD83D\uDE00 \\u{1b}]0;title\\u{7}")
                .endsWith("\\u{202e}\n");
    }
}
