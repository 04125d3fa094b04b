package dev.orderflow.eventing.autoconfigure;

import dev.orderflow.eventing.deadletter.Audit;
import dev.orderflow.eventing.deadletter.DeadLetterMetrics;
import dev.orderflow.eventing.deadletter.DeadLetterQueries;
import dev.orderflow.eventing.deadletter.DeadLetters;
import dev.orderflow.eventing.deadletter.Discards;
import dev.orderflow.eventing.deadletter.HoldGauges;
import dev.orderflow.eventing.deadletter.Holds;
import dev.orderflow.eventing.deadletter.ReplayChunks;
import dev.orderflow.eventing.deadletter.ReplayWorker;
import dev.orderflow.eventing.deadletter.Replays;
import dev.orderflow.eventing.retry.Requeue;
import dev.orderflow.eventing.wire.EventTypeTag;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

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
    DeadLetters deadLetters(JdbcClient jdbc, EventingProperties properties, DeadLetterMetrics metrics) {
        return new DeadLetters(jdbc, properties.group(), metrics);
    }

    @Bean
    DeadLetterQueries deadLetterQueries(JdbcClient jdbc, EventingProperties properties) {
        return new DeadLetterQueries(jdbc, properties.group());
    }

    /** The worker needs the replays to tell their results; they need it only once there is a request. */
    @Bean
    Replays deadLetterReplays(
            JdbcClient jdbc,
            EventingProperties properties,
            PlatformTransactionManager transactions,
            Audit audit,
            ObjectProvider<ReplayWorker> worker) {
        return new Replays(
                jdbc,
                properties.group(),
                new TransactionTemplate(transactions),
                audit,
                () -> worker.getObject().wake());
    }

    /** Depends on the partitions only to start after the tables are there. */
    @Bean
    ReplayWorker deadLetterReplayWorker(
            JdbcClient jdbc,
            EventingProperties properties,
            PlatformTransactionManager transactions,
            Requeue requeue,
            Replays replays,
            Audit audit,
            DailyPartitions partitions) {
        return new ReplayWorker(new ReplayChunks(
                jdbc, properties.group(), new TransactionTemplate(transactions), requeue, replays, audit));
    }

    @Bean
    Discards deadLetterDiscards(
            JdbcClient jdbc,
            EventingProperties properties,
            PlatformTransactionManager transactions,
            Requeue requeue,
            Audit audit,
            DeadLetterMetrics metrics) {
        return new Discards(jdbc, properties.group(), new TransactionTemplate(transactions), requeue, audit, metrics);
    }

    @Bean
    Holds holdQueries(JdbcClient jdbc, EventingProperties properties) {
        return new Holds(jdbc, properties.group());
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
}
