package dev.orderflow.eventing.view;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.TopicView;
import dev.orderflow.eventing.kafka.TopicCreator;
import dev.orderflow.eventing.loop.Loop.Work;
import dev.orderflow.eventing.wire.LogText;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of one view from the beginning, and then what is published. After any failure it begins again with a new
 * consumer; the view keeps what it has meanwhile, which may become old while the broker is away.
 */
class ViewReader<E extends DomainEvent> implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(ViewReader.class);
    private static final Duration REOPEN_AFTER = Duration.ofSeconds(1);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

    private final TopicView<E> view;
    private final ViewDecoder<E> decoder;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final TopicCreator topics;
    private final CountDownLatch complete = new CountDownLatch(1);

    private Map<TopicPartition, Long> ends = Map.of();
    private volatile @Nullable Consumer<String, byte[]> consumer;

    /** @param consumers creates consumers that join no group */
    ViewReader(
            TopicView<E> view,
            ViewDecoder<E> decoder,
            Supplier<Consumer<String, byte[]>> consumers,
            TopicCreator topics) {
        this.view = view;
        this.decoder = decoder;
        this.consumers = consumers;
        this.topics = topics;
    }

    String topic() {
        return decoder.topic();
    }

    /** Returns whether all events that existed at the start have been applied. */
    boolean isComplete() {
        return complete.getCount() == 0;
    }

    /** Waits until the view is complete, and returns whether it is. */
    boolean awaitCompletion(Duration longest) {
        try {
            return complete.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return isComplete();
        }
    }

    @Override
    public Duration round() {
        var current = opened();
        current.poll(LONGEST_POLL).forEach(this::apply);
        if (!isComplete() && hasReachedEnds(current)) {
            view.completed();
            complete.countDown();
            LOG.info("view=complete topic={} partitions={}", topic(), ends.size());
        }
        return Duration.ZERO;
    }

    @Override
    public Duration failed(Throwable cause) {
        LOG.warn(
                "view=failed topic={} complete={} action=\"read again\" cause=\"{}\"",
                topic(),
                isComplete(),
                cause.toString());
        LOG.debug("view=failed", cause);
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
            topics.ensure(Set.of(topic()));
            current = consumers.get();
            consumer = current;
            begin(current);
        }
        return current;
    }

    private void begin(Consumer<String, byte[]> current) {
        var partitions = current.partitionsFor(topic(), LONGEST_ANSWER).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("topic " + topic() + " has no partitions yet");
        }
        current.assign(partitions);
        current.seekToBeginning(partitions);
        ends = current.endOffsets(partitions, LONGEST_ANSWER);
    }

    private boolean hasReachedEnds(Consumer<String, byte[]> current) {
        return ends.entrySet().stream()
                .allMatch(end -> current.position(end.getKey(), LONGEST_ANSWER) >= end.getValue());
    }

    private void apply(ConsumerRecord<String, byte[]> message) {
        try {
            decoder.decode(message).ifPresent(view::apply);
        } catch (RuntimeException e) {
            LOG.warn(
                    "view=skipped at={}-{}@{} cause={}",
                    message.topic(),
                    message.partition(),
                    message.offset(),
                    LogText.of(e));
        }
    }

    private void close() {
        var closing = consumer;
        consumer = null;
        if (closing != null) {
            closing.close();
        }
    }
}
