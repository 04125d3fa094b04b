package dev.orderflow.loyalty.points;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.edge.problem.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryCursorTests {

    @ParameterizedTest
    @ValueSource(longs = {1, 4711, Long.MAX_VALUE})
    void aCursorSurvivesItsToken(long id) {
        assertThat(EntryCursor.decode(new EntryCursor(id).encode())).isEqualTo(new EntryCursor(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAAAAAAAAA", "gAAAAAAAAAA", "AAAAAAAAAAEA", "not a cursor"})
    void noOtherTokenIsOne(String token) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> EntryCursor.decode(token))
                .returns("invalid_cursor", Refusal::code);
    }
}
