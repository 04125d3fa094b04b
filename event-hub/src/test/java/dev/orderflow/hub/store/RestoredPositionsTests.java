package dev.orderflow.hub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestoredPositionsTests {

    private static final TopicPartition RESTORED = new TopicPartition("order-events", 0);
    private static final TopicPartition AHEAD = new TopicPartition("order-events", 1);
    private static final TopicPartition UNKNOWN = new TopicPartition("order-events", 2);

    @Test
    void onlyPartitionsWhoseStoredPositionIsEarlierAreReadAgain() {
        var positions = mock(TopicPositions.class);
        var partitions = List.of(RESTORED, AHEAD, UNKNOWN);
        when(positions.nextOffsets(partitions)).thenReturn(Map.of(RESTORED, 4L, AHEAD, 12L));
        try (var consumer = new MockConsumer<String, byte[]>("earliest")) {
            consumer.assign(partitions);
            partitions.forEach(partition -> consumer.seek(partition, 10));

            new RestoredPositions(positions).onPartitionsAssigned(consumer, partitions);

            assertThat(partitions).extracting(consumer::position).containsExactly(4L, 10L, 10L);
        }
    }
}
