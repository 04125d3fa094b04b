package dev.orderflow.hub.store;

import dev.orderflow.eventing.kafka.KafkaClients;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;

/** Creates the starter's consumers, whose batches are limited by bytes, for a container of Spring Kafka. */
class GradualConsumers implements ConsumerFactory<String, byte[]> {

    private final KafkaClients kafka;
    private final String group;
    private final int maxBatch;

    GradualConsumers(KafkaClients kafka, String group, int maxBatch) {
        this.kafka = kafka;
        this.group = group;
        this.maxBatch = maxBatch;
    }

    @Override
    public Consumer<String, byte[]> createConsumer(
            @Nullable String groupId, @Nullable String clientIdPrefix, @Nullable String clientIdSuffix) {
        return kafka.consumer(group, maxBatch);
    }

    @Override
    public Consumer<String, byte[]> createConsumer(
            @Nullable String groupId,
            @Nullable String clientIdPrefix,
            @Nullable String clientIdSuffix,
            @Nullable Properties properties) {
        return kafka.consumer(group, maxBatch);
    }

    @Override
    public boolean isAutoCommit() {
        return false;
    }

    @Override
    public Map<String, Object> getConfigurationProperties() {
        return Map.of(ConsumerConfig.GROUP_ID_CONFIG, group, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    }
}
