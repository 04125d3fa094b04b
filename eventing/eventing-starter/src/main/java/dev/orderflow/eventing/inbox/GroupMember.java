package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.wire.DutyCycle;
import dev.orderflow.eventing.wire.TopicCreator;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
 * One member of a consumer group: polls, has an {@link Intake} take in what came, then commits offsets. Polling goes on
 * whatever rests, so the group keeps the partitions here. While a guard is open no source topic is read.
 */
public class GroupMember implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupMember.class);
    private static final Duration REOPEN_AFTER = Duration.ofSeconds(1);
    /** A batch of a few events costs about as much as one of this many. */
    private static final int FEW = 50;

    private static final Duration SHORTEST_PACE = Duration.ofMillis(10);
    private static final Duration LONGEST_PACE = Duration.ofMillis(100);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final TopicCreator topicCreator;
    private final Set<String> needed;
    private final Intake intake;
    private final int few;
    private final GuardWatch guards;
    private final DutyCycle duty = new DutyCycle(SHORTEST_PACE, LONGEST_PACE);

    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable Consumer<String, byte[]> consumer;

    /**
     * @param needed   topics that are created when they are missing; those of {@code intake} and perhaps others
     * @param maxBatch records of a full batch
     */
    public GroupMember(
            Supplier<Consumer<String, byte[]>> consumers,
            TopicCreator topicCreator,
            Set<String> needed,
            Intake intake,
            int maxBatch,
            GuardWatch guards) {
        this.consumers = consumers;
        this.topicCreator = topicCreator;
        this.needed = Set.copyOf(needed);
        this.intake = intake;
        this.few = Math.min(FEW, maxBatch);
        this.guards = guards;
    }

    /** Lets {@link #run} return after the batch at hand. May be called from any thread. */
    void stop() {
        stop.countDown();
        var current = consumer;
        if (current != null) {
            current.wakeup();
        }
    }

    @Override
    public void run() {
        while (!stopping()) {
            try (var opened = consumers.get()) {
                consumer = opened;
                topicCreator.ensure(needed);
                intake.subscribe(opened);
                while (!stopping()) {
                    pollOnce(opened);
                }
            } catch (WakeupException | InterruptException | InterruptedException e) {
                LOG.debug("consumer=stopping topics={}", intake.topics());
                return;
            } catch (RuntimeException e) {
                LOG.warn("consumer=failed topics={} action=reopen cause=\"{}\"", intake.topics(), e.toString());
                LOG.debug("consumer=failed", e);
            } finally {
                consumer = null;
            }
            awaitReopening();
        }
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    private void awaitReopening() {
        try {
            if (!stop.await(REOPEN_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("consumer=reopening topics={}", intake.topics());
            }
        } catch (InterruptedException e) {
            stop.countDown();
        }
    }

    private void pollOnce(Consumer<String, byte[]> consumer) throws InterruptedException {
        var mayHandle = !guards.isAnyOpen();
        var assigned = consumer.assignment();
        var resting = mayHandle ? intake.resting(assigned) : assigned;
        consumer.pause(resting);
        consumer.resume(assigned.stream()
                .filter(partition -> !resting.contains(partition))
                .toList());
        var records = consumer.poll(intake.longestPoll());
        duty.begin();
        commit(consumer, intake.take(consumer, records, mayHandle));
        if (!records.isEmpty() && records.count() < few) {
            stop.await(duty.restNanos(records.count()), TimeUnit.NANOSECONDS);
        }
    }

    /** An offset that could not be committed only means that events are delivered again, which is recognized. */
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
