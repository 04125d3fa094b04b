package dev.orderflow.eventing.retry;

import dev.orderflow.eventing.database.AdminDatabase;
import dev.orderflow.eventing.database.ReadyTables;
import dev.orderflow.eventing.outbox.RecordForwarder;
import dev.orderflow.eventing.schema.EventingDatabase;
import dev.orderflow.eventing.settings.EventingProperties;
import dev.orderflow.eventing.wire.EventTypeTag;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Configures the retries of failed events. Beans named {@code admin…} use administration transactions. */
@AutoConfiguration(afterName = "dev.orderflow.eventing.inbox.InboxAutoConfiguration")
@ConditionalOnProperty("eventing.group")
class RetryAutoConfiguration {

    private static final Duration GAUGES_PERIOD = Duration.ofSeconds(5);

    @Bean
    @ConditionalOnMissingBean
    RetryPolicy retryPolicy(EventingProperties properties) {
        return RetryPolicy.of(properties.retry());
    }

    /** Depends on the tables only so that it queries them after their migration. */
    @Bean
    @ConditionalOnMissingBean
    RetryTopics retryTopics(
            EventingProperties properties, RetryPolicy policy, EventingDatabase database, ReadyTables tables) {
        return RetryTopics.of(properties.group(), policy.topics(), database.client());
    }

    @Bean
    @ConditionalOnMissingBean
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
    @ConditionalOnMissingBean
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

    /** Rests with consumption, while a guard is open. Depends on the tables only so that it starts after their migration. */
    @Bean
    @ConditionalOnMissingBean
    HoldSweeper holdSweeper(
            HoldRecovery recovery,
            EventingDatabase database,
            EventingProperties properties,
            @Qualifier("consumptionRests") BooleanSupplier resting,
            ReadyTables tables) {
        return new HoldSweeper(
                recovery, database.transaction(), properties.retry().lostAfter(), resting);
    }

    /** Depends on the tables only so that it starts after their migration. */
    @Bean
    @ConditionalOnMissingBean
    HoldGauges holdGauges(
            AdminDatabase admin,
            ObjectProvider<MeterRegistry> meters,
            EventingProperties properties,
            EventTypeTag tag,
            ReadyTables tables) {
        return new HoldGauges(
                new HoldGauges.Tallies(admin.client(), properties.group()),
                meters.getIfAvailable(SimpleMeterRegistry::new),
                properties.group(),
                tag,
                GAUGES_PERIOD);
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
