package dev.orderflow.eventing.schemas.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextAutomatonTests {

    private static final String CHARACTERS = "aAzZ019-._ +$GBPxyé";

    /** A seeded comparison with Java's own matcher. Texts are short, so that many match. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "^([A-Z]{3})$",
                "^(-?[0-9]{1,30}(\\.[0-9]{1,30})?)$",
                "^([A-Za-z0-9]([A-Za-z0-9 ._-]{0,48}[A-Za-z0-9._-])?)$",
                "^(a|A{2,}|(?:z0)+)*$",
                "^a?[0-1]*\\$+$",
                "^$",
                "^(a{0}|[x-z]{2})$"
            })
    void acceptsWhatJavaMatches(String expression) {
        var automaton = Objects.requireNonNull(TextAutomaton.of(expression));
        var pattern = java.util.regex.Pattern.compile(expression);
        var random = new Random(7);
        for (var number = 0; number < 20_000; number++) {
            var text = text(random);
            var bytes = text.getBytes(UTF_8);
            assertThat(automaton.accepts(bytes, 0, bytes.length))
                    .as("%s on %s", expression, text)
                    .isEqualTo(pattern.matcher(text).matches());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[A-Z]{3}",
                "^[A-Z]{3}",
                "^a|b$",
                "^.$",
                "^\\d$",
                "^[^a]$",
                "^a*?$",
                "^a++$",
                "^(?=a)$",
                "^(?<name>a)$",
                "^é$",
                "^(a)\\1$",
                "^[a&&b]$",
                "^[a-z]{1,9999}{9}$",
                "^([a-z]{100}){100}$",
                "^(a$",
                "^a\\$"
            })
    void leavesOtherExpressionsToTheCompleteValidator(String expression) {
        assertThat(TextAutomaton.of(expression)).isNull();
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        var length = random.nextInt(6);
        for (var index = 0; index < length; index++) {
            text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return text.toString();
    }
}
