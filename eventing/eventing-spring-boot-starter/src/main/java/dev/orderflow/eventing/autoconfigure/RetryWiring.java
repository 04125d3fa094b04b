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
import dev.orderflow.eventing.schema.EventingDatabase;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
            EventingProperties properties, RetryPolicy policy, EventingDatabase database, DailyPartitions partitions) {
        return RetryTopics.of(properties.group(), policy.topics(), database.client());
    }

    @Bean
    Diversion diversion(
            EventingDatabase database,
            RetryPolicy policy,
            RetryTopics topics,
            RecordForwarder forwarder,
            DeadLetterBook deadLetters,
            Clock clock) {
        return new Diversion(database.client(), policy, topics, forwarder, deadLetters, clock);
    }

    @Bean
    HoldRecovery holdRecovery(
            EventingDatabase database,
            Diversion diversion,
            RetryTopics topics,
            RetryPolicy policy,
            EventingProperties properties,
            Clock clock) {
        return new HoldRecovery(
                database.client(),
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
            EventingDatabase database,
            EventingProperties properties,
            ObjectProvider<CallGuards> guards,
            ObjectProvider<HandlerRegistry> handlers,
            DailyPartitions partitions) {
        return new HoldSweeper(
                recovery,
                database.transaction(),
                properties.retry().lostAfter(),
                () -> !guards.getIfAvailable(() -> CallGuards.NONE)
                        .open(handlers.getObject().guards())
                        .isEmpty());
    }
}
