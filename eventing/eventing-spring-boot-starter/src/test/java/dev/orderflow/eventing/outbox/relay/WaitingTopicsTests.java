package dev.orderflow.eventing.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingTopicsTests {

    private static final String TOPIC = "topic";

    private long now = -5;
    private final WaitingTopics topics = new WaitingTopics(() -> now);

    @Test
    void aTopicIsTriedAgainAfterAPauseThatDoubles() {
        assertThatPausesDouble();
    }

    @Test
    void aTopicOfWhichARelayLearnsWhenItStartsIsTriedAtOnceAndThenAfterAPauseThatDoubles() {
        topics.load(List.of(TOPIC));
        assertThat(topics.due()).containsExactly(TOPIC);

        assertThatPausesDouble();
    }

    private void assertThatPausesDouble() {
        for (var pause : List.of(1, 2, 4, 8, 16, 30, 30)) {
            topics.add(TOPIC, "takes none", false);
            now += Duration.ofSeconds(pause).toNanos() - 1;
            assertThat(topics.due()).isEmpty();
            assertThat(topics.blocked()).containsExactly(TOPIC);
            now += 1;
            assertThat(topics.due()).containsExactly(TOPIC);
        }
    }
}
