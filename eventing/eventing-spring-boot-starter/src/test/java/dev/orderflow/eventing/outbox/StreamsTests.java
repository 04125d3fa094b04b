package dev.orderflow.eventing.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StreamsTests {

    @Test
    void eachRowKnowsItsStreamAndHowManyOfItComeLater() {
        var streams = Streams.of(List.of(
                row("orders", "b"), row("orders", "a"), row("orders", "b"), row("orders", "b"), row("orders", "a")));

        assertThat(streams.keys()).containsExactly("a", "b");
        assertThat(streams.events()).containsExactly(2L, 3L);
        assertThat(streams.streamOfRow()).containsExactly(2, 1, 2, 2, 1);
        assertThat(streams.laterOfRow()).containsExactly(2L, 1L, 1L, 0L, 0L);
    }

    @Test
    void streamsAreOrderedByTopicAndKeyWhereverTheirRowsAre() {
        var streams =
                Streams.of(List.of(row("stock", "a"), row("orders", "z"), row("orders", "B"), row("orders", "a")));

        assertThat(streams.topics()).containsExactly("orders", "orders", "orders", "stock");
        assertThat(streams.keys()).containsExactly("B", "a", "z", "a");
        assertThat(streams.streamOfRow()).containsExactly(4, 3, 1, 2);
    }

    private static NewOutboxRow row(String topic, String key) {
        return new NewOutboxRow(
                new UUID(0, 1), topic, key, "test.happened.v1", Instant.EPOCH, false, new byte[0], new byte[0]);
    }
}
