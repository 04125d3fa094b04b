package dev.orderflow.eventing.autoconfigure;

import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.eventing.wire.TopicCreator;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;

/** Everything a service needs to publish and take in events, given a {@link DataSource} and {@code spring.kafka}. */
@AutoConfiguration(
        after = {
            DataSourceTransactionManagerAutoConfiguration.class,
            JdbcClientAutoConfiguration.class,
            KafkaAutoConfiguration.class
        },
        afterName = {
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration",
            "io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration",
            "io.github.resilience4j.springboot.timelimiter.autoconfigure.TimeLimiterAutoConfiguration"
        })
@EnableConfigurationProperties(EventingProperties.class)
@Import({
    UpkeepWiring.class,
    OutboxWiring.class,
    AdminWiring.class,
    InboxWiring.class,
    RetryWiring.class,
    DeadLetterWiring.class,
    FaultWiring.class
})
public class EventingAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    EventJson eventJson() {
        return new EventJson();
    }

    @Bean
    KafkaClients kafkaClients(
            ProducerFactory<?, ?> producers,
            ConsumerFactory<?, ?> consumers,
            KafkaAdmin admin,
            EventingProperties properties) {
        return new KafkaClients(producers, consumers, admin, properties.outbox().lease());
    }

    @Bean
    TopicCreator topicCreator(KafkaClients kafka, EventingProperties properties) {
        var topics = properties.topics();
        return new TopicCreator(
                kafka.adminProperties(),
                topics.partitions(),
                Optional.ofNullable(topics.replicationFactor()),
                new TopicConfiguration(properties)::of);
    }
}
