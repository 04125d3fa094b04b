package dev.orderflow.eventing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionPausesTests {

    private final TopicPartition partition = new TopicPartition("topic", 0);
    private final PartitionPauses pauses = new PartitionPauses(Duration.ofMillis(100), Duration.ofSeconds(1));

    @Test
    void pausesDoubleWithEachFailureInARowUpToTheLongest() {
        assertThat(pauses.failed(partition, false)).isBetween(Duration.ofMillis(100), Duration.ofMillis(120));
        assertThat(pauses.failed(partition, false)).isBetween(Duration.ofMillis(200), Duration.ofMillis(240));
        assertThat(pauses.failed(partition, false)).isBetween(Duration.ofMillis(400), Duration.ofMillis(480));
        for (var attempt = 0; attempt < 100; attempt++) {
            assertThat(pauses.failed(partition, false)).isLessThanOrEqualTo(Duration.ofMillis(1200));
        }
    }

    @Test
    void anOutageCountsNoAttempt() {
        pauses.failed(partition, true);
        pauses.failed(partition, true);

        assertThat(pauses.failed(partition, false)).isBetween(Duration.ofMillis(100), Duration.ofMillis(120));
    }

    @Test
    void aSuccessStartsAnew() {
        pauses.failed(partition, false);
        pauses.failed(partition, false);
        assertThat(pauses.resting()).containsExactly(partition);

        pauses.succeeded(partition);
        assertThat(pauses.resting()).isEmpty();
        assertThat(pauses.failed(partition, false)).isBetween(Duration.ofMillis(100), Duration.ofMillis(120));
    }

    @Test
    void aPartitionThatIsNoLongerAssignedIsForgotten() {
        pauses.failed(partition, false);
        pauses.retainAll(Set.of());

        assertThat(pauses.resting()).isEmpty();
    }
}
