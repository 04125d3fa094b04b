package dev.orderflow.eventing.kafka;

import dev.orderflow.eventing.settings.EventingProperties;
import java.util.Optional;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;

/** Auto-configuration of Kafka clients and topics from {@code spring.kafka}. */
@AutoConfiguration(
        after = KafkaAutoConfiguration.class,
        afterName = "dev.orderflow.eventing.settings.EventingAutoConfiguration")
class EventingKafkaAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    KafkaClients kafkaClients(
            ProducerFactory<?, ?> producers,
            ConsumerFactory<?, ?> consumers,
            KafkaAdmin admin,
            EventingProperties properties) {
        return new KafkaClients(producers, consumers, admin, properties.outbox().lease());
    }

    @Bean
    @ConditionalOnMissingBean
    TopicCreator topicCreator(KafkaClients kafka, EventingProperties properties) {
        var topics = properties.topics();
        return new TopicCreator(
                kafka.adminProperties(),
                topics.partitions(),
                Optional.ofNullable(topics.replicationFactor()),
                new TopicConfiguration(properties)::of);
    }
}
