package dev.orderflow.eventing.inbox.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.orderflow.eventing.kafka.TopicCreator;
import dev.orderflow.eventing.loop.Loop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GroupMemberTests {

    private static final TopicPartition PARTITION = new TopicPartition("source", 0);
    private static final int BATCHES = 20;

    private final AtomicLong nanoTime = new AtomicLong();
    private final List<Integer> sizes = new CopyOnWriteArrayList<>();

    /** The events arrive one by one, so each would have a transaction of its own. */
    @Test
    void afterASingleEventTheNextBatchBeginsAWhileLater() throws InterruptedException {
        assertThat(restsAfter(1, Duration.ofMillis(4))).containsOnly(Duration.ofMillis(6));
        assertThat(sizes).containsOnly(1);
    }

    /** A long batch indicates that processors or the database are short. */
    @Test
    void afterFewEventsItRestsForTwiceAsLongAsTheyTook() throws InterruptedException {
        assertThat(restsAfter(2, Duration.ofMillis(15))).containsOnly(Duration.ofMillis(30));
        assertThat(sizes).containsOnly(2);
    }

    @Test
    void afterManyEventsTheNextBatchBeginsAtOnce() throws InterruptedException {
        assertThat(restsAfter(50, Duration.ofMillis(1))).containsOnly(Duration.ZERO);
        assertThat(sizes).containsOnly(50);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void afterAnErrorItGoesOnWithANewConsumer(Error error) {
        var consumers = new ArrayDeque<>(List.of(broken(error), working(1)));

        run(consumers::pop, new Recorded(Duration.ZERO));

        assertThat(sizes).hasSize(BATCHES);
        assertThat(consumers).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("errors")
    void afterAnErrorOfItsTopicConsumerItGoesOnWithANewConsumer(Error error) {
        var consumers = new ArrayDeque<Consumer<String, byte[]>>(List.of(working(1), working(1)));

        run(consumers::pop, new Recorded(Duration.ZERO).failingOnce(error));

        assertThat(sizes).hasSize(BATCHES);
        assertThat(consumers).isEmpty();
    }

    @Test
    void anInterruptThatAHandlerHasLeftBehindDoesNotEndIt() {
        var consumers = new ArrayDeque<Consumer<String, byte[]>>(List.of(working(1), working(1)));

        run(consumers::pop, new Recorded(Duration.ZERO).interruptingOnce());

        assertThat(sizes).hasSize(BATCHES);
    }

    static Stream<Error> errors() {
        return Stream.of(
                new OutOfMemoryError("test"),
                new StackOverflowError("test"),
                new NoClassDefFoundError("test"),
                new AssertionError("test"));
    }

    private static MockConsumer<String, byte[]> broken(Error error) {
        return new MockConsumer<>("earliest") {
            @Override
            public synchronized ConsumerRecords<String, byte[]> poll(Duration timeout) {
                throw error;
            }
        };
    }

    /** Returns how long a member wants to rest after each batch of that size. */
    private List<Duration> restsAfter(int eventsOfABatch, Duration work) throws InterruptedException {
        var consumer = working(eventsOfABatch);
        var member = member(() -> consumer, new Recorded(work));
        var rests = new ArrayList<Duration>();
        while (rests.size() < BATCHES) {
            var before = sizes.size();
            var rest = member.round();
            if (sizes.size() > before) {
                rests.add(rest);
            }
        }
        member.ended();
        return rests;
    }

    private static MockConsumer<String, byte[]> working(int eventsOfABatch) {
        var consumer = new MockConsumer<String, byte[]>("earliest");
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.schedulePollTask(() -> consumer.rebalance(Set.of(PARTITION)));
        for (var batch = 0; batch < BATCHES; batch++) {
            var first = (long) batch * eventsOfABatch;
            consumer.schedulePollTask(() -> LongStream.range(first, first + eventsOfABatch)
                    .forEach(offset ->
                            consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, offset, "key", null))));
        }
        return consumer;
    }

    /** Runs a member. Returns after the last batch. */
    private void run(Supplier<Consumer<String, byte[]>> consumers, TopicConsumer topics) {
        var loop = Loop.onPlatformThread("member");
        loop.start(member(consumers, topics));
        Awaitility.await().until(() -> sizes.size() >= BATCHES);
        loop.end(Duration.ofSeconds(10), Duration.ZERO);
    }

    private GroupMember member(Supplier<Consumer<String, byte[]>> consumers, TopicConsumer topics) {
        return new GroupMember(consumers, mock(TopicCreator.class), Set.of(), topics, 500, mock(), nanoTime::get);
    }

    /** Records the size of each batch. */
    private final class Recorded implements TopicConsumer {

        private final Duration work;
        private Runnable once = () -> {};

        private Recorded(Duration work) {
            this.work = work;
        }

        private Recorded failingOnce(Error error) {
            once = () -> {
                throw error;
            };
            return this;
        }

        private Recorded interruptingOnce() {
            once = () -> Thread.currentThread().interrupt();
            return this;
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
        public Map<TopicPartition, OffsetAndMetadata> consume(
                Consumer<String, byte[]> from, ConsumerRecords<String, byte[]> records, boolean mayHandle) {
            var now = once;
            once = () -> {};
            now.run();
            if (!records.isEmpty()) {
                sizes.add(records.count());
                nanoTime.addAndGet(work.toNanos());
            }
            return Map.of();
        }
    }
}
