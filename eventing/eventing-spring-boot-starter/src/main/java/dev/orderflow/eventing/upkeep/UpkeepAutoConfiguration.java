package dev.orderflow.eventing.upkeep;

import dev.orderflow.eventing.RetentionClock;
import dev.orderflow.eventing.database.ReadyTables;
import dev.orderflow.eventing.inbox.Inbox;
import dev.orderflow.eventing.inbox.handler.HandlerRegistry;
import dev.orderflow.eventing.kafka.KafkaClients;
import dev.orderflow.eventing.retry.RetryTopics;
import dev.orderflow.eventing.schema.EventingDatabase;
import dev.orderflow.eventing.settings.EventingProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Configures the partitions of the starter's tables, and the retention that keeps them small. */
@AutoConfiguration(
        afterName = {
            "dev.orderflow.eventing.database.EventingTablesAutoConfiguration",
            "dev.orderflow.eventing.kafka.EventingKafkaAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
class UpkeepAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    InboxRetention inboxRetention(
            KafkaClients kafka,
            EventingProperties properties,
            ObjectProvider<HandlerRegistry> handlers,
            ObjectProvider<RetryTopics> retries,
            ObjectProvider<Inbox.ConsumedTopics> others,
            ObjectProvider<MeterRegistry> meters) {
        var retention = new InboxRetention(
                properties.inbox().retention(),
                properties.outbox().retention(),
                new TopicRetention(kafka.adminProperties()),
                () -> consumedTopics(handlers, retries, others),
                properties.topics().permanent());
        Gauge.builder("eventing.inbox.retention", retention, InboxRetention::seconds)
                .baseUnit("seconds")
                .description("How long event ids are kept; infinite while that is unknown or unlimited")
                .strongReference(true)
                .register(meters.getIfAvailable(SimpleMeterRegistry::new));
        return retention;
    }

    @Bean
    @ConditionalOnMissingBean
    DailyPartitions dailyPartitions(
            ReadyTables tables,
            EventingProperties properties,
            InboxRetention retention,
            ObjectProvider<MeterRegistry> meters) {
        var jdbc = tables.committingClient();
        var transaction = new TransactionTemplate(new JdbcTransactionManager(tables.committing()));
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        var outbox = new PartitionedTable("outbox", jdbc, transaction);
        var inbox = new PartitionedTable("inbox", jdbc, transaction);
        var partitions = new DailyPartitions(
                jdbc,
                new WitnessedTime(jdbc),
                List.of(
                        new DailyPartitions.Table(
                                new OldOutbox(outbox, jdbc),
                                () -> Optional.of(properties.outbox().retention())),
                        new DailyPartitions.Table(new OldInbox(inbox, jdbc), retention::now)),
                meters.getIfAvailable(SimpleMeterRegistry::new).counter("eventing.upkeep.failures")::increment);
        partitions.prepare();
        return partitions;
    }

    @Bean
    @ConditionalOnMissingBean
    PartitionSchedule partitionSchedule(DailyPartitions partitions) {
        return new PartitionSchedule(partitions);
    }

    /** Depends on the tables only so that it is used after their migration. */
    @Bean
    @ConditionalOnMissingBean(RetentionClock.class)
    WitnessedTime witnessedTime(EventingDatabase database, ReadyTables tables) {
        return new WitnessedTime(database.client());
    }

    private static Collection<String> consumedTopics(
            ObjectProvider<HandlerRegistry> handlers,
            ObjectProvider<RetryTopics> retries,
            ObjectProvider<Inbox.ConsumedTopics> others) {
        var topics = new HashSet<String>();
        handlers.ifAvailable(registry -> topics.addAll(registry.topics()));
        retries.ifAvailable(all -> topics.addAll(all.retries()));
        others.forEach(other -> topics.addAll(other.names()));
        return topics;
    }
}
