package dev.orderflow.eventing.autoconfigure;

import dev.orderflow.eventing.outbox.RecordForwarder;
import dev.orderflow.eventing.retry.DeadLetterBook;
import dev.orderflow.eventing.retry.Diversion;
import dev.orderflow.eventing.retry.RetryPolicy;
import dev.orderflow.eventing.retry.RetryTopics;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of events that failed. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("eventing.group")
class RetryWiring {

    @Bean
    RetryPolicy retryPolicy(EventingProperties properties) {
        var retry = properties.retry();
        return new RetryPolicy(retry.schedule(), retry.schedulesByHandler(), retry.notRetryable());
    }

    /** Depends on the partitions only to look after the tables are there. */
    @Bean
    RetryTopics retryTopics(
            EventingProperties properties, RetryPolicy policy, JdbcClient jdbc, DailyPartitions partitions) {
        return RetryTopics.of(properties.group(), policy.topics(), jdbc);
    }

    @Bean
    Diversion diversion(
            JdbcClient jdbc,
            RetryPolicy policy,
            RetryTopics topics,
            RecordForwarder forwarder,
            DeadLetterBook deadLetters,
            Clock clock) {
        return new Diversion(jdbc, policy, topics, forwarder, deadLetters, clock);
    }
}
