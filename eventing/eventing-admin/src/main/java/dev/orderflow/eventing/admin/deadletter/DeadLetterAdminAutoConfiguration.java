package dev.orderflow.eventing.admin.deadletter;

import dev.orderflow.eventing.admin.audit.Audit;
import dev.orderflow.eventing.database.AdminDatabase;
import dev.orderflow.eventing.database.ReadyTables;
import dev.orderflow.eventing.retry.Requeue;
import dev.orderflow.eventing.settings.EventingProperties;
import dev.orderflow.eventing.wire.EventTypeTag;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Configures the operators' queries about dead letters, and their actions on them, in an application that consumes events.
 * <p>
 * Does not depend on whether this instance serves the REST API: if another instance accepts a replay and crashes, the replay
 * continues here.
 */
@AutoConfiguration(
        afterName = {
            "dev.orderflow.eventing.admin.audit.AuditAutoConfiguration",
            "dev.orderflow.eventing.deadletter.DeadLetterAutoConfiguration"
        })
@ConditionalOnProperty("eventing.group")
class DeadLetterAdminAutoConfiguration {

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

    /** Depends on the tables only so that it starts after their migration. */
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
    DiscardMetrics discardMetrics(
            ObjectProvider<MeterRegistry> meters, EventingProperties properties, EventTypeTag tag) {
        return new DiscardMetrics(meters.getIfAvailable(SimpleMeterRegistry::new), properties.group(), tag);
    }

    @Bean
    @ConditionalOnMissingBean
    Discards deadLetterDiscards(
            AdminDatabase admin,
            EventingProperties properties,
            @Qualifier("adminRequeue") Requeue requeue,
            Audit audit,
            DiscardMetrics metrics) {
        return new Discards(admin.client(), properties.group(), admin.transaction(), requeue, audit, metrics);
    }
}
