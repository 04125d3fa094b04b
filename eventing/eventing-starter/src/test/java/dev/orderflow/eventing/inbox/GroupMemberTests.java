package dev.orderflow.eventing.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.orderflow.eventing.wire.TopicCreator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
    void afterASingleEventTheNextBatchBeginsAWhileLater() {
        takeIn(1, Duration.ofMillis(15));

        assertThat(sizes).hasSize(BATCHES).containsOnly(1);
        assertThat(pauses().median()).isGreaterThanOrEqualTo(Duration.ofMillis(10));
        assertThat(pauses().shortest()).isLessThan(Duration.ofMillis(45));
    }

    /** The longer a batch takes, the shorter processors or the database are. */
    @Test
    void afterFewEventsItRestsForTwiceAsLongAsTheyTook() {
        takeIn(2, Duration.ofMillis(15));

        assertThat(sizes).hasSize(BATCHES).containsOnly(2);
        assertThat(pauses().median()).isGreaterThanOrEqualTo(Duration.ofMillis(45));
    }

    @Test
    void afterManyEventsTheNextBatchBeginsAtOnce() {
        takeIn(50, Duration.ofMillis(1));

        assertThat(sizes).hasSize(BATCHES).containsOnly(50);
        assertThat(pauses().shortest()).isLessThan(Duration.ofMillis(10));
    }

    private void takeIn(int eventsOfABatch, Duration work) {
        var consumer = new MockConsumer<String, byte[]>("earliest");
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.schedulePollTask(() -> consumer.rebalance(Set.of(PARTITION)));
        for (var batch = 0; batch < BATCHES; batch++) {
            var first = (long) batch * eventsOfABatch;
            consumer.schedulePollTask(() -> LongStream.range(first, first + eventsOfABatch)
                    .forEach(offset ->
                            consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, offset, "key", null))));
        }
        new GroupMember(() -> consumer, mock(TopicCreator.class), Set.of(), new Recorded(consumer, work), 500, mock())
                .run();
    }

    /** From begin to begin. On a busy machine some are longer than they should be, and none is shorter by much. */
    private record Pauses(Duration shortest, Duration median) {}

    private Pauses pauses() {
        var sorted = IntStream.range(1, begun.size())
                .mapToLong(batch -> begun.get(batch) - begun.get(batch - 1))
                .sorted()
                .toArray();
        return new Pauses(Duration.ofNanos(sorted[0]), Duration.ofNanos(sorted[sorted.length / 2]));
    }

    /** Remembers when each batch was taken in, and ends the member after the last. */
    private final class Recorded implements Intake {

        private final Consumer<String, byte[]> consumer;

        private final Duration work;

        private Recorded(Consumer<String, byte[]> consumer, Duration work) {
            this.consumer = consumer;
            this.work = work;
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
                LockSupport.parkNanos(work.toNanos());
            }
            if (begun.size() == BATCHES) {
                consumer.wakeup();
            }
            return Map.of();
        }
    }
}
