package dev.orderflow.eventing.retry;

import dev.orderflow.eventing.database.AdminDatabase;
import dev.orderflow.eventing.database.EventingSchema;
import dev.orderflow.eventing.outbox.RecordForwarder;
import dev.orderflow.eventing.settings.EventingProperties;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Configures the retries of failed events. Beans named {@code admin…} use administration transactions. */
@AutoConfiguration(afterName = "dev.orderflow.eventing.inbox.InboxAutoConfiguration")
@ConditionalOnProperty("eventing.group")
class RetryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RetryPolicy retryPolicy(EventingProperties properties) {
        return RetryPolicy.of(properties.retry());
    }

    /** Depends on the schema only to query after the tables exist. */
    @Bean
    @ConditionalOnMissingBean
    RetryTopics retryTopics(EventingProperties properties, RetryPolicy policy, JdbcClient jdbc, EventingSchema schema) {
        return RetryTopics.of(properties.group(), policy.topics(), jdbc);
    }

    @Bean
    @ConditionalOnMissingBean
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
    @ConditionalOnMissingBean
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

    /** Pauses with consumption while a guard is open. Depends on the schema only to start after the tables exist. */
    @Bean
    @ConditionalOnMissingBean
    HoldSweeper holdSweeper(
            HoldRecovery recovery,
            PlatformTransactionManager transactions,
            EventingProperties properties,
            @Qualifier("consumptionRests") BooleanSupplier resting,
            EventingSchema schema) {
        return new HoldSweeper(
                recovery,
                new TransactionTemplate(transactions),
                properties.retry().lostAfter(),
                resting);
    }

    @Bean(defaultCandidate = false)
    @ConditionalOnMissingBean(name = "adminDiversion")
    Diversion adminDiversion(
            AdminDatabase admin,
            RetryPolicy policy,
            RetryTopics topics,
            @Qualifier("adminForwarder") RecordForwarder forwarder,
            @Qualifier("adminDeadLetterBook") DeadLetterBook deadLetters,
            Clock clock) {
        return new Diversion(admin.client(), policy, topics, forwarder, deadLetters, clock);
    }

    @Bean(defaultCandidate = false)
    @ConditionalOnMissingBean(name = "adminRequeue")
    Requeue adminRequeue(@Qualifier("adminDiversion") Diversion diversion) {
        return diversion;
    }

    @Bean(defaultCandidate = false)
    @ConditionalOnMissingBean(name = "adminHoldRecovery")
    HoldRecovery adminHoldRecovery(
            AdminDatabase admin,
            @Qualifier("adminDiversion") Diversion diversion,
            RetryTopics topics,
            RetryPolicy policy,
            EventingProperties properties,
            Clock clock) {
        return new HoldRecovery(
                admin.client(),
                diversion,
                topics,
                policy.longestDelay(),
                properties.retry().lostAfter(),
                clock);
    }
}
