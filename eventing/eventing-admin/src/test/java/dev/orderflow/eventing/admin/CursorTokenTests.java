package dev.orderflow.eventing.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTokenTests {

    @Test
    void aPositionComesBack() {
        var position = CursorToken.read(CursorToken.of("17"), Long::parseLong);
        assertThat(position).isEqualTo(17);
    }

    @ParameterizedTest
    @NullAndEmptySource
    void noTokenIsTheBeginning(String token) {
        var position = CursorToken.read(token, Long::parseLong);
        assertThat(position).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "MTct", "AAAA"})
    void whatIsNoCursorIsRefused(String token) {
        assertThatThrownBy(() -> CursorToken.read(token, Long::parseLong)).isInstanceOf(RefusedRequest.Invalid.class);
        assertThatThrownBy(() -> CursorToken.read("M".repeat(1_000), Long::parseLong))
                .isInstanceOf(RefusedRequest.Invalid.class);
    }
}
