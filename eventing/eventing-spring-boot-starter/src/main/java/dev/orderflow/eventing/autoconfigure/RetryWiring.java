package dev.orderflow.eventing.autoconfigure;

import dev.orderflow.eventing.inbox.CallGuards;
import dev.orderflow.eventing.inbox.HandlerRegistry;
import dev.orderflow.eventing.outbox.RecordForwarder;
import dev.orderflow.eventing.retry.DeadLetterBook;
import dev.orderflow.eventing.retry.Diversion;
import dev.orderflow.eventing.retry.HoldRecovery;
import dev.orderflow.eventing.retry.HoldSweeper;
import dev.orderflow.eventing.retry.RetryPolicy;
import dev.orderflow.eventing.retry.RetryTopics;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

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

    @Bean
    HoldRecovery holdRecovery(
            JdbcClient jdbc,
            Diversion diversion,
            RetryTopics topics,
            RetryPolicy policy,
            EventingProperties properties,
            Clock clock) {
        return new HoldRecovery(
                jdbc,
                diversion,
                topics,
                policy.longestDelay(),
                properties.retry().lostAfter(),
                clock);
    }

    /** Rests with consumption, while a guard is open. Depends on the partitions only to start after the tables are there. */
    @Bean
    HoldSweeper holdSweeper(
            HoldRecovery recovery,
            PlatformTransactionManager transactions,
            EventingProperties properties,
            ObjectProvider<CallGuards> guards,
            ObjectProvider<HandlerRegistry> handlers,
            DailyPartitions partitions) {
        return new HoldSweeper(
                recovery,
                new TransactionTemplate(transactions),
                properties.retry().lostAfter(),
                () -> !guards.getIfAvailable(() -> CallGuards.NONE)
                        .open(handlers.getObject().guards())
                        .isEmpty());
    }
}
