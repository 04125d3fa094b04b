package dev.orderflow.eventing.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.orderflow.eventing.wire.TopicCreator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class GroupMemberTests {

    private static final TopicPartition PARTITION = new TopicPartition("source", 0);
    private static final int BATCHES = 20;

    private final List<Long> begun = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();

    /** They come one by one, so each would have a transaction of its own. */
    @Test
    void afterFewEventsTheNextBatchBeginsAWhileLater() {
        var consumer = new MockConsumer<String, byte[]>("earliest");
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.schedulePollTask(() -> consumer.rebalance(Set.of(PARTITION)));
        for (var offset = 0L; offset < BATCHES; offset++) {
            var message = new ConsumerRecord<String, byte[]>(PARTITION.topic(), 0, offset, "key", null);
            consumer.schedulePollTask(() -> consumer.addRecord(message));
        }

        new GroupMember(() -> consumer, mock(TopicCreator.class), Set.of(), new Recorded(consumer), 500, mock()).run();

        assertThat(sizes).hasSize(BATCHES).containsOnly(1);
        assertThat(Duration.ofNanos(begun.getLast() - begun.getFirst()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(10L * (BATCHES - 2)));
    }

    /** Remembers when each batch was taken in, and ends the member after the last. */
    private final class Recorded implements Intake {

        private final Consumer<String, byte[]> consumer;

        private Recorded(Consumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public Set<String> topics() {
            return Set.of(PARTITION.topic());
        }

        @Override
        public Set<TopicPartition> resting(Set<TopicPartition> assigned) {
            return Set.of();
        }

        @Override
        public Duration longestPoll() {
            return Duration.ofMillis(1);
        }

        @Override
        public Map<TopicPartition, OffsetAndMetadata> take(
                Consumer<String, byte[]> from, ConsumerRecords<String, byte[]> records, boolean mayHandle) {
            if (!records.isEmpty()) {
                begun.add(System.nanoTime());
                sizes.add(records.count());
            }
            if (begun.size() == BATCHES) {
                consumer.wakeup();
            }
            return Map.of();
        }
    }
}
