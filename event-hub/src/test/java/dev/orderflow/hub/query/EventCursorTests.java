package dev.orderflow.hub.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.edge.problem.Refusal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCursorTests {

    @Test
    void aCursorSurvivesItsEncoding() {
        var cursor = new EventCursor(Instant.parse("2026-11-30T12:00:00.123456Z"), 4711);

        assertThat(EventCursor.decode(cursor.encode())).isEqualTo(cursor);
        assertThat(EventCursor.decode(EventCursor.NEWEST.encode())).isEqualTo(EventCursor.NEWEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAA", "f_______________________", "' OR 1=1 --"})
    void otherTextIsRefused(String token) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> EventCursor.decode(token))
                .extracting(Refusal::code)
                .isEqualTo("invalid_cursor");
    }

    @Test
    void timesThatNoEventHasAreRefused() {
        var token = new EventCursor(Instant.parse("+12000-01-01T00:00:00Z"), 1).encode();

        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> EventCursor.decode(token));
    }
}
