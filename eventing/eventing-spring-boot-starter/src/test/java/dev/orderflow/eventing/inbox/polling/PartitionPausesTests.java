package dev.orderflow.eventing.inbox.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionPausesTests {

    private final TopicPartition partition = new TopicPartition("topic", 0);
    private final PartitionPauses pauses = new PartitionPauses();

    @Test
    void aPartitionRestsForAWhile() {
        pauses.pause(partition);
        assertThat(pauses.resting(Set.of(partition))).containsExactly(partition);

        await().untilAsserted(
                        () -> assertThat(pauses.resting(Set.of(partition))).isEmpty());
        assertThat(pauses.isEmpty()).isTrue();
    }

    @Test
    void aPartitionThatIsNoLongerAssignedIsForgotten() {
        pauses.pause(partition);

        assertThat(pauses.resting(Set.of())).isEmpty();
        assertThat(pauses.resting(Set.of(partition))).isEmpty();
    }
}
