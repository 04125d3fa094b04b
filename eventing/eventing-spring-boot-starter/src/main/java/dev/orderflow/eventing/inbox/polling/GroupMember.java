package dev.orderflow.eventing.inbox.polling;

import dev.orderflow.eventing.kafka.TopicCreator;
import dev.orderflow.eventing.loop.Loop.Work;
import dev.orderflow.eventing.wire.DutyCycle;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of a consumer group. It polls, passes the records to a {@link TopicConsumer}, then commits offsets. After any
 * failure it continues with a new consumer. It also polls while partitions are paused, so that the group keeps them assigned to
 * this member. While consumption is paused, no partition is read.
 */
class GroupMember implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(GroupMember.class);
    private static final Duration REOPEN_AFTER = Duration.ofSeconds(1);
    /** Batch size at which a smaller batch would cost hardly less. */
    private static final int FEW = 50;

    private static final Duration SHORTEST_PACE = Duration.ofMillis(10);
    private static final Duration LONGEST_PACE = Duration.ofMillis(100);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final TopicCreator topicCreator;
    private final Set<String> needed;
    private final TopicConsumer topics;
    private final int few;
    private final BooleanSupplier paused;
    private final DutyCycle duty;

    private volatile @Nullable Consumer<String, byte[]> consumer;

    /**
     * @param needed   topics to create if missing: those of {@code topics} and possibly others
     * @param maxBatch number of records in a full batch
     * @param paused   returns whether consumption is paused
     */
    GroupMember(
            Supplier<Consumer<String, byte[]>> consumers,
            TopicCreator topicCreator,
            Set<String> needed,
            TopicConsumer topics,
            int maxBatch,
            BooleanSupplier paused) {
        this(consumers, topicCreator, needed, topics, maxBatch, paused, System::nanoTime);
    }

    GroupMember(
            Supplier<Consumer<String, byte[]>> consumers,
            TopicCreator topicCreator,
            Set<String> needed,
            TopicConsumer topics,
            int maxBatch,
            BooleanSupplier paused,
            LongSupplier nanoTime) {
        this.consumers = consumers;
        this.topicCreator = topicCreator;
        this.needed = Set.copyOf(needed);
        this.topics = topics;
        this.few = Math.min(FEW, maxBatch);
        this.paused = paused;
        this.duty = new DutyCycle(nanoTime, SHORTEST_PACE, LONGEST_PACE);
    }

    @Override
    public Duration round() throws InterruptedException {
        return pollOnce(opened());
    }

    /** Reopens the consumer. A new consumer reads again from the committed offsets and shares no state with the failed one. */
    @Override
    public Duration failed(Throwable cause) {
        LOG.warn("consumer=failed topics={} action=reopen cause=\"{}\"", topics.topics(), cause.toString());
        LOG.debug("consumer=failed", cause);
        close();
        return REOPEN_AFTER;
    }

    @Override
    public void stopping() {
        var current = consumer;
        if (current != null) {
            current.wakeup();
        }
    }

    @Override
    public void ended() {
        close();
    }

    private Consumer<String, byte[]> opened() {
        var current = consumer;
        if (current == null) {
            current = consumers.get();
            consumer = current;
            topicCreator.ensure(needed);
            topics.subscribe(current);
        }
        return current;
    }

    private void close() {
        var closing = consumer;
        consumer = null;
        if (closing != null) {
            closing.close();
        }
    }

    /** Polls once. Returns the time until the next poll. */
    private Duration pollOnce(Consumer<String, byte[]> consumer) throws InterruptedException {
        var mayHandle = !paused.getAsBoolean();
        var assigned = consumer.assignment();
        var resting = mayHandle ? topics.resting(assigned) : assigned;
        consumer.pause(resting);
        consumer.resume(assigned.stream()
                .filter(partition -> !resting.contains(partition))
                .toList());
        var records = consumer.poll(topics.longestPoll());
        duty.begin();
        commit(consumer, topics.consume(consumer, records, mayHandle));
        return records.isEmpty() || records.count() >= few
                ? Duration.ZERO
                : Duration.ofNanos(duty.restNanos(records.count()));
    }

    /** Commits offsets. After a failure, events are only delivered again, and they are recognized as copies. */
    private static void commit(Consumer<String, byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> next) {
        if (next.isEmpty()) {
            return;
        }
        try {
            consumer.commitAsync(next, (offsets, exception) -> {
                if (exception != null) {
                    LOG.info("offsets=uncommitted cause=\"{}\"", exception.toString());
                }
            });
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.info("offsets=uncommitted cause=\"{}\"", e.toString());
        }
    }
}
