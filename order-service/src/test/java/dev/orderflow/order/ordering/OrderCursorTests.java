package dev.orderflow.order.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.edge.paging.CursorToken;
import dev.orderflow.edge.problem.Refusal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderCursorTests {

    @Test
    void isTheSameAfterEncodingAndDecoding() {
        var cursor = new OrderCursor(Instant.parse("2026-11-21T09:27:00.123456Z"), UUID.randomUUID());

        assertThat(OrderCursor.decode(cursor.encode())).isEqualTo(cursor);
        assertThat(OrderCursor.decode(OrderCursor.NEWEST.encode())).isEqualTo(OrderCursor.NEWEST);
    }

    @Test
    void canStandInAUrl() {
        assertThat(OrderCursor.NEWEST.encode()).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "abc", "not base64", "AAAA", "2026-11-21T09:27:00Z"})
    void aTokenThatNoPageReturnedIsRefused(String token) {
        assertThatThrownBy(() -> OrderCursor.decode(token)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, Long.MAX_VALUE})
    void anInstantThatTheDatabaseCannotStoreIsRefused(long micros) {
        var token = CursorToken.encode(ByteBuffer.allocate(24).putLong(micros).array());

        assertThatThrownBy(() -> OrderCursor.decode(token)).isInstanceOf(Refusal.class);
    }

    @Test
    void anEndlessTokenIsRefused() {
        assertThatThrownBy(() -> OrderCursor.decode("A".repeat(1_000_000))).isInstanceOf(Refusal.class);
    }
}
