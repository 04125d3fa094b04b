package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.wire.TopicCreator;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * One member of the consumer group: polls, has the batch processed, then commits offsets.
 * <p>
 * A partition whose event failed is read again from that event on after a pause; meanwhile the others go on, and the group
 * keeps the partition here, because polling goes on too. While a guard is open nothing is read at all.
 */
public class BatchConsumer implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(BatchConsumer.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration REOPEN_AFTER = Duration.ofSeconds(1);
    private static final Duration POLL_WHILE_PAUSED = Duration.ofMillis(50);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final TopicCreator topicCreator;
    private final Set<String> topics;
    private final BatchProcessor processor;
    private final BooleanSupplier guardOpen;
    private final PartitionPauses pauses;

    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable Consumer<String, byte[]> consumer;
    private boolean guardWasOpen;

    public BatchConsumer(
            Supplier<Consumer<String, byte[]>> consumers,
            TopicCreator topicCreator,
            Set<String> topics,
            BatchProcessor processor,
            BooleanSupplier guardOpen,
            PartitionPauses pauses) {
        this.consumers = consumers;
        this.topicCreator = topicCreator;
        this.topics = topics;
        this.processor = processor;
        this.guardOpen = guardOpen;
        this.pauses = pauses;
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
                topicCreator.ensure(topics);
                opened.subscribe(topics);
                while (!stopping()) {
                    pollOnce(opened);
                }
            } catch (WakeupException | InterruptException | InterruptedException e) {
                LOG.debug("consumer=stopping topics={}", topics);
                return;
            } catch (RuntimeException e) {
                LOG.warn("consumer=failed topics={} action=reopen cause=\"{}\"", topics, e.toString());
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
                LOG.debug("consumer=reopening topics={}", topics);
            }
        } catch (InterruptedException e) {
            stop.countDown();
        }
    }

    private void pollOnce(Consumer<String, byte[]> consumer) throws InterruptedException {
        var paused = pauseOrResume(consumer);
        var records = consumer.poll(paused ? POLL_WHILE_PAUSED : POLL);
        if (!records.isEmpty()) {
            takeIn(consumer, records);
        }
    }

    private boolean pauseOrResume(Consumer<String, byte[]> consumer) {
        var assigned = consumer.assignment();
        pauses.retainAll(assigned);
        var open = guardOpen.getAsBoolean();
        if (open != guardWasOpen) {
            guardWasOpen = open;
            LOG.info(
                    "consumption={} reason=\"circuit {}\"",
                    open ? "paused" : "resumed",
                    open ? "open" : "no longer open");
        }
        var pause = open ? assigned : pauses.resting();
        consumer.pause(pause);
        consumer.resume(assigned.stream()
                .filter(partition -> !pause.contains(partition))
                .toList());
        return !pause.isEmpty();
    }

    private void takeIn(Consumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> records)
            throws InterruptedException {
        var failures = processor.process(records).failures();
        var next = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition : records.partitions()) {
            var failure = failures.get(partition);
            if (failure == null) {
                pauses.succeeded(partition);
                next.put(partition, records.nextOffsets().get(partition));
            } else {
                readAgain(consumer, partition, failure);
                next.put(partition, new OffsetAndMetadata(failure.offset()));
            }
        }
        commit(consumer, next);
    }

    private void readAgain(Consumer<String, byte[]> consumer, TopicPartition partition, Outcome.Failure failure) {
        consumer.seek(partition, failure.offset());
        var pause = pauses.failed(partition, failure.outage());
        LOG.warn(
                "event=failed type={} at={}@{} outage={} retryInMillis={} cause=\"{}\"",
                failure.event(),
                partition,
                failure.offset(),
                failure.outage(),
                pause.toMillis(),
                NestedExceptionUtils.getMostSpecificCause(failure.cause()).toString());
        LOG.debug("event=failed", failure.cause());
    }

    /** An offset that could not be committed only means that events are delivered again, which the inbox sorts out. */
    private static void commit(Consumer<String, byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> next) {
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
