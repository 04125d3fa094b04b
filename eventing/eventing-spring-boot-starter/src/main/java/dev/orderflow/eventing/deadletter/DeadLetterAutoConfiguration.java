package dev.orderflow.eventing.deadletter;

import dev.orderflow.eventing.database.AdminDatabase;
import dev.orderflow.eventing.database.ReadyTables;
import dev.orderflow.eventing.retry.DeadLetterBook;
import dev.orderflow.eventing.retry.HoldRecovery;
import dev.orderflow.eventing.retry.Requeue;
import dev.orderflow.eventing.schema.EventingDatabase;
import dev.orderflow.eventing.settings.EventingProperties;
import dev.orderflow.eventing.wire.EventTypeTag;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures the audit log and the operators' actions, and the dead letters of an application that consumes. An application that only
 * publishes gets the former too.
 */
@AutoConfiguration(
        afterName = {
            "dev.orderflow.eventing.database.EventingTablesAutoConfiguration",
            "dev.orderflow.eventing.retry.RetryAutoConfiguration"
        })
class DeadLetterAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Audit adminAudit(AdminDatabase admin) {
        return new Audit(admin.client());
    }

    @Bean
    @ConditionalOnMissingBean
    Parking outboxParking(AdminDatabase admin, Audit audit) {
        return new Parking(admin.client(), admin.transaction(), audit);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("eventing.group")
    static class Consumers {

        private static final Duration GAUGES_PERIOD = Duration.ofSeconds(5);

        @Bean
        @ConditionalOnMissingBean
        DeadLetterMetrics deadLetterMetrics(
                ObjectProvider<MeterRegistry> meters, EventingProperties properties, EventTypeTag tag) {
            return new DeadLetterMetrics(meters.getIfAvailable(SimpleMeterRegistry::new), properties.group(), tag);
        }

        @Bean
        @ConditionalOnMissingBean
        DeadLetterBook deadLetters(
                EventingDatabase database, EventingProperties properties, DeadLetterMetrics metrics) {
            return new DeadLetters(database.client(), properties.group(), metrics);
        }

        /** Uses administration transactions, so consumers must not autowire it. */
        @Bean(defaultCandidate = false)
        @ConditionalOnMissingBean(name = "adminDeadLetterBook")
        DeadLetterBook adminDeadLetterBook(
                AdminDatabase admin, EventingProperties properties, DeadLetterMetrics metrics) {
            return new DeadLetters(admin.client(), properties.group(), metrics);
        }

        @Bean
        @ConditionalOnMissingBean
        DeadLetterQueries deadLetterQueries(AdminDatabase admin, EventingProperties properties) {
            return new DeadLetterQueries(admin.client(), properties.group());
        }

        /** The worker reports results to the replays. The replays need the worker only once there is a request. */
        @Bean
        @ConditionalOnMissingBean
        Replays deadLetterReplays(
                AdminDatabase admin, EventingProperties properties, Audit audit, ObjectProvider<ReplayWorker> worker) {
            return new Replays(
                    admin.client(),
                    properties.group(),
                    admin.transaction(),
                    audit,
                    () -> worker.getObject().wake());
        }

        /** Depends on the tables only to start after they are up to date. */
        @Bean
        @ConditionalOnMissingBean
        ReplayWorker deadLetterReplayWorker(
                AdminDatabase admin,
                EventingProperties properties,
                @Qualifier("adminRequeue") Requeue requeue,
                Replays replays,
                Audit audit,
                ReadyTables tables) {
            return new ReplayWorker(
                    new ReplayChunks(admin.client(), properties.group(), admin.transaction(), requeue, replays, audit));
        }

        @Bean
        @ConditionalOnMissingBean
        Discards deadLetterDiscards(
                AdminDatabase admin,
                EventingProperties properties,
                @Qualifier("adminRequeue") Requeue requeue,
                Audit audit,
                DeadLetterMetrics metrics) {
            return new Discards(admin.client(), properties.group(), admin.transaction(), requeue, audit, metrics);
        }

        @Bean
        @ConditionalOnMissingBean
        Holds holdQueries(AdminDatabase admin, EventingProperties properties) {
            return new Holds(admin.client(), properties.group());
        }

        /** Depends on the tables only to start after they are up to date. */
        @Bean
        @ConditionalOnMissingBean
        HoldGauges holdGauges(
                Holds holds,
                ObjectProvider<MeterRegistry> meters,
                EventingProperties properties,
                EventTypeTag tag,
                ReadyTables tables) {
            return new HoldGauges(
                    holds, meters.getIfAvailable(SimpleMeterRegistry::new), properties.group(), tag, GAUGES_PERIOD);
        }

        @Bean
        @ConditionalOnMissingBean
        HoldActions holdActions(
                AdminDatabase admin,
                EventingProperties properties,
                @Qualifier("adminHoldRecovery") HoldRecovery recovery,
                Audit audit) {
            return new HoldActions(admin.client(), properties.group(), admin.transaction(), recovery, audit);
        }
    }
}
