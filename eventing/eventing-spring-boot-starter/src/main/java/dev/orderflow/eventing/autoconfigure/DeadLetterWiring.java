package dev.orderflow.eventing.autoconfigure;

import com.fasterxml.uuid.Generators;
import dev.orderflow.eventing.deadletter.Audit;
import dev.orderflow.eventing.deadletter.DeadLetterMetrics;
import dev.orderflow.eventing.deadletter.DeadLetterQueries;
import dev.orderflow.eventing.deadletter.DeadLetters;
import dev.orderflow.eventing.deadletter.Discards;
import dev.orderflow.eventing.deadletter.HoldActions;
import dev.orderflow.eventing.deadletter.HoldGauges;
import dev.orderflow.eventing.deadletter.Holds;
import dev.orderflow.eventing.deadletter.ReplayChunks;
import dev.orderflow.eventing.deadletter.ReplayWorker;
import dev.orderflow.eventing.deadletter.Replays;
import dev.orderflow.eventing.outbox.Outbox;
import dev.orderflow.eventing.outbox.OutboxRelay;
import dev.orderflow.eventing.outbox.TransactionalEventPublisher;
import dev.orderflow.eventing.retry.Diversion;
import dev.orderflow.eventing.retry.HoldRecovery;
import dev.orderflow.eventing.retry.Requeue;
import dev.orderflow.eventing.retry.RetryPolicy;
import dev.orderflow.eventing.retry.RetryTopics;
import dev.orderflow.eventing.schema.EventingDatabase;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.eventing.wire.EventTypeTag;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What becomes of dead letters. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("eventing.group")
class DeadLetterWiring {

    private static final Duration GAUGES_PERIOD = Duration.ofSeconds(5);

    @Bean
    DeadLetterMetrics deadLetterMetrics(
            ObjectProvider<MeterRegistry> meters, EventingProperties properties, EventTypeTag tag) {
        return new DeadLetterMetrics(meters.getIfAvailable(SimpleMeterRegistry::new), properties.group(), tag);
    }

    @Bean
    DeadLetters deadLetters(EventingDatabase database, EventingProperties properties, DeadLetterMetrics metrics) {
        return new DeadLetters(database.client(), properties.group(), metrics);
    }

    @Bean
    DeadLetterQueries deadLetterQueries(AdminDatabase admin, EventingProperties properties) {
        return new DeadLetterQueries(admin.client(), properties.group());
    }

    /** In transactions of administration, so not a candidate where consumers want theirs. */
    @Bean(defaultCandidate = false)
    @ConditionalOnMissingBean(name = "adminRequeue")
    Requeue adminRequeue(
            AdminDatabase admin,
            RetryPolicy policy,
            RetryTopics topics,
            EventJson json,
            Clock clock,
            EventingProperties properties,
            DeadLetterMetrics metrics,
            OutboxRelay relay) {
        return diversion(admin, policy, topics, json, clock, properties, metrics, relay);
    }

    /** The worker needs the replays to tell their results; they need it only once there is a request. */
    @Bean
    Replays deadLetterReplays(
            AdminDatabase admin, EventingProperties properties, Audit audit, ObjectProvider<ReplayWorker> worker) {
        return new Replays(
                admin.client(),
                properties.group(),
                admin.transaction(),
                audit,
                () -> worker.getObject().wake());
    }

    /** Depends on the partitions only to start after the tables are there. */
    @Bean
    ReplayWorker deadLetterReplayWorker(
            AdminDatabase admin,
            EventingProperties properties,
            @Qualifier("adminRequeue") Requeue requeue,
            Replays replays,
            Audit audit,
            DailyPartitions partitions) {
        return new ReplayWorker(
                new ReplayChunks(admin.client(), properties.group(), admin.transaction(), requeue, replays, audit));
    }

    @Bean
    Discards deadLetterDiscards(
            AdminDatabase admin,
            EventingProperties properties,
            @Qualifier("adminRequeue") Requeue requeue,
            Audit audit,
            DeadLetterMetrics metrics) {
        return new Discards(admin.client(), properties.group(), admin.transaction(), requeue, audit, metrics);
    }

    @Bean
    Holds holdQueries(AdminDatabase admin, EventingProperties properties) {
        return new Holds(admin.client(), properties.group());
    }

    /** Depends on the partitions only to start after the tables are there. */
    @Bean
    HoldGauges holdGauges(
            Holds holds,
            ObjectProvider<MeterRegistry> meters,
            EventingProperties properties,
            EventTypeTag tag,
            DailyPartitions partitions) {
        return new HoldGauges(
                holds, meters.getIfAvailable(SimpleMeterRegistry::new), properties.group(), tag, GAUGES_PERIOD);
    }

    /** With a diversion of its own in transactions of administration, as {@link #adminRequeue}. */
    @Bean
    HoldActions holdActions(
            AdminDatabase admin,
            RetryPolicy policy,
            RetryTopics topics,
            EventJson json,
            Clock clock,
            EventingProperties properties,
            DeadLetterMetrics metrics,
            OutboxRelay relay,
            Audit audit) {
        var recovery = new HoldRecovery(
                admin.client(),
                diversion(admin, policy, topics, json, clock, properties, metrics, relay),
                topics,
                policy.longestDelay(),
                properties.retry().lostAfter(),
                clock);
        return new HoldActions(admin.client(), properties.group(), admin.transaction(), recovery, audit);
    }

    private static Diversion diversion(
            AdminDatabase admin,
            RetryPolicy policy,
            RetryTopics topics,
            EventJson json,
            Clock clock,
            EventingProperties properties,
            DeadLetterMetrics metrics,
            OutboxRelay relay) {
        var forwarder = new TransactionalEventPublisher(
                new Outbox(admin.template(), admin.schema()),
                json,
                OutboxWiring.source(properties, properties.group()),
                Generators.timeBasedEpochGenerator(),
                clock,
                properties.outbox().largestPayload(),
                () -> {},
                relay::wake);
        var letters = new DeadLetters(admin.client(), properties.group(), metrics);
        return new Diversion(admin.client(), policy, topics, forwarder, letters, clock);
    }
}
