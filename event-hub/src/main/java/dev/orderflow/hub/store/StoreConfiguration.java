package dev.orderflow.hub.store;

import dev.orderflow.eventing.kafka.KafkaClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.CommonContainerStoppingErrorHandler;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

/** Configures the container that consumes all topics. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    /**
     * A member of the group. Partitions move one by one, since the starter's consumers rebalance cooperatively; a static member keeps its
     * own over a restart. Any failure stops it, since a batch whose polling has failed is gone: {@link ConsumptionRestart} starts it
     * again from the committed offsets, or from the database's positions if it was restored.
     */
    @Bean
    KafkaMessageListenerContainer<String, byte[]> topicContainer(
            KafkaClients kafka, StoreProperties properties, TopicListener listener, RestoredPositions restored) {
        var container = new ContainerProperties(properties.topics());
        container.setGroupId(properties.group());
        container.setMessageListener(listener);
        container.setConsumerRebalanceListener(restored);
        container.setAckMode(ContainerProperties.AckMode.MANUAL_IMMEDIATE);
        container.setSyncCommits(true);
        var consumers = new GradualConsumers(kafka, properties.group(), properties.maxBatch());
        var member = new KafkaMessageListenerContainer<>(consumers, container);
        member.setBeanName("topics");
        member.setCommonErrorHandler(new CommonContainerStoppingErrorHandler());
        return member;
    }
}
