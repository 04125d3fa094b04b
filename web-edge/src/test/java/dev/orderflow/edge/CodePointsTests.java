package dev.orderflow.edge;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CodePointsTests {

    private static final String EMOJI = "\ud83d\ude00";

    private record Named(
            @CodePoints(min = 1, max = 3) @Nullable String name) {}

    @Test
    void anEmojiIsOneCodePoint() {
        assertThat(isValid(EMOJI.repeat(3))).isTrue();
        assertThat(isValid(EMOJI.repeat(4))).isFalse();
        assertThat(isValid("abc")).isTrue();
        assertThat(isValid("abcd")).isFalse();
        assertThat(isValid("")).isFalse();
        assertThat(isValid(null)).isTrue();
    }

    private static boolean isValid(@Nullable String name) {
        try (var factory = Validation.buildDefaultValidatorFactory()) {
            return factory.getValidator().validate(new Named(name)).isEmpty();
        }
    }
}
