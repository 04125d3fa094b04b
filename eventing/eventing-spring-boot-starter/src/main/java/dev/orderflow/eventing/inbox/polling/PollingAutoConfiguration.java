package dev.orderflow.eventing.inbox.polling;

import dev.orderflow.eventing.inbox.handler.HandlerRegistry;
import dev.orderflow.eventing.kafka.KafkaClients;
import dev.orderflow.eventing.kafka.TopicCreator;
import dev.orderflow.eventing.retry.RetryTopics;
import dev.orderflow.eventing.settings.EventingProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the members of this application's consumer group. */
@AutoConfiguration(
        afterName = {
            "dev.orderflow.eventing.inbox.InboxAutoConfiguration",
            "dev.orderflow.eventing.inbox.limit.RateLimitAutoConfiguration"
        })
class PollingAutoConfiguration {

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    ConsumerGroup consumerGroup(ObjectProvider<HandlerRegistry> handlers, GroupMembers members) {
        return new ConsumerGroup(() -> members.create(handlers.getObject().topics()));
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    GroupMembers groupMembers(
            KafkaClients kafka,
            TopicCreator topics,
            RetryTopics retryTopics,
            BatchConsumer.Factory batches,
            EventingProperties properties,
            Lanes lanes,
            Clock clock) {
        return new GroupMembers(kafka, topics, retryTopics, batches, properties, lanes, clock);
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    Lanes lanes(ObjectProvider<LaneSource> sources, ObjectProvider<MeterRegistry> meters) {
        return new Lanes(sources.orderedStream().toList(), meters.getIfAvailable(SimpleMeterRegistry::new));
    }
}
