package dev.orderflow.eventing.listener;

import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG;

import dev.orderflow.eventing.inbox.Inbox;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.ContainerPostProcessor;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.AcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.transaction.support.TransactionOperations;

/** Inserts the inbox between containers and their listeners. Reports the topics whose event ids must be kept. */
class IdempotentListeners
        implements ContainerPostProcessor<Object, Object, AbstractMessageListenerContainer<Object, Object>>,
                Inbox.ConsumedTopics {

    static final String BEAN_NAME = "eventingIdempotentListeners";

    private static final Map<String, Object> DEFAULTS =
            ConsumerConfig.configDef().defaultValues();

    /** Length of the database column. */
    private static final int LONGEST_GROUP = 100;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final ObjectProvider<ConsumerFactory<?, ?>> consumers;
    private final MeterRegistry meters;
    private final List<AbstractMessageListenerContainer<?, ?>> containers = new CopyOnWriteArrayList<>();

    IdempotentListeners(
            JdbcClient jdbc,
            TransactionOperations transaction,
            ObjectProvider<ConsumerFactory<?, ?>> consumers,
            MeterRegistry meters) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.consumers = consumers;
        this.meters = meters;
    }

    @Override
    public void postProcess(AbstractMessageListenerContainer<Object, Object> container) {
        var group = groupOf(container);
        var skipped = meters.counter("eventing.listener.duplicates", "group", group);
        container.setupMessageListener(idempotent(
                container.getContainerProperties().getMessageListener(),
                new ListenerTransaction(
                        new Inbox(jdbc, group, longestSilence(container)),
                        transaction,
                        count -> skipped.increment(count))));
        containers.add(container);
    }

    /** Returns the number of containers that were changed. */
    int count() {
        return containers.size();
    }

    @Override
    public Collection<String> names() {
        var names = new HashSet<String>();
        containers.forEach(container -> names.addAll(topicsOf(container)));
        return names;
    }

    private static Object idempotent(Object listener, ListenerTransaction transaction) {
        return switch (listener) {
            case AcknowledgingConsumerAwareMessageListener<?, ?> single ->
                new IdempotentRecordListener<>(single, transaction);
            case BatchMessageListener<?, ?> batch -> new IdempotentBatchListener<>(batch, transaction);
            default ->
                throw new IllegalStateException("@Idempotent does not support listeners of type "
                        + listener.getClass().getName());
        };
    }

    /**
     * Returns the consumer's {@code max.poll.interval.ms}. When it has passed, another consumer is assigned the partitions and
     * waits for the inbox rows of this transaction. The database therefore ends a transaction that is idle for this time. A
     * container does not expose its consumer factory, so the longest interval of all consumer factories applies.
     */
    private Duration longestSilence(AbstractMessageListenerContainer<?, ?> container) {
        var own =
                container.getContainerProperties().getKafkaConsumerProperties().get(MAX_POLL_INTERVAL_MS_CONFIG);
        return own != null
                ? maxPollInterval(own)
                : consumers.stream()
                        .map(factory -> maxPollInterval(
                                factory.getConfigurationProperties().get(MAX_POLL_INTERVAL_MS_CONFIG)))
                        .max(Comparator.naturalOrder())
                        .orElseGet(() -> maxPollInterval(null));
    }

    private static Duration maxPollInterval(@Nullable Object configured) {
        var millis = configured == null
                ? DEFAULTS.get(MAX_POLL_INTERVAL_MS_CONFIG)
                : ConfigDef.parseType(MAX_POLL_INTERVAL_MS_CONFIG, configured.toString(), ConfigDef.Type.INT);
        return Duration.ofMillis((Integer) Objects.requireNonNull(millis));
    }

    private static String groupOf(AbstractMessageListenerContainer<?, ?> container) {
        var group = container.getGroupId();
        if (group == null || group.isBlank() || group.length() > LONGEST_GROUP) {
            throw new IllegalStateException("The @Idempotent listener " + container.getListenerId()
                    + " needs a consumer group of at most " + LONGEST_GROUP
                    + " characters, under which its records are remembered: set groupId in @KafkaListener, or"
                    + " spring.kafka.consumer.group-id");
        }
        return group;
    }

    private static Set<String> topicsOf(AbstractMessageListenerContainer<?, ?> container) {
        var properties = container.getContainerProperties();
        var topics = new HashSet<String>();
        if (properties.getTopics() != null) {
            topics.addAll(Arrays.asList(properties.getTopics()));
        }
        if (properties.getTopicPartitions() != null) {
            Arrays.stream(properties.getTopicPartitions())
                    .map(TopicPartitionOffset::getTopic)
                    .forEach(topics::add);
        }
        return topics;
    }
}
