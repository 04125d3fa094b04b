package dev.orderflow.eventing.autoconfigure;

import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.eventing.inbox.HandlerRegistry;
import dev.orderflow.eventing.loop.PeriodicTasks;
import dev.orderflow.eventing.retry.RetryTopics;
import dev.orderflow.eventing.schema.EventingDatabase;
import dev.orderflow.eventing.schema.TableCreation;
import dev.orderflow.eventing.upkeep.InboxRetention;
import dev.orderflow.eventing.upkeep.OldInbox;
import dev.orderflow.eventing.upkeep.OldOutbox;
import dev.orderflow.eventing.upkeep.PartitionedTable;
import dev.orderflow.eventing.upkeep.TopicRetention;
import dev.orderflow.eventing.upkeep.WitnessedTime;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The starter's tables, and what keeps them small. */
@Configuration(proxyBeanMethods = false)
class UpkeepWiring {

    /** After the application's own migrations: they must find a schema that is empty or theirs. */
    @Bean
    @DependsOnDatabaseInitialization
    DailyPartitions dailyPartitions(
            EventingDatabase database,
            TableCreation tables,
            KafkaClients kafka,
            EventingProperties properties,
            ObjectProvider<HandlerRegistry> handlers,
            ObjectProvider<RetryTopics> retries,
            ObjectProvider<MeterRegistry> meters) {
        new OneDatabase(database.dataSource(), database.template(), JdbcClient.create(database.dataSource()))
                .require(database.transactions());
        tables.create(new MigrationDataSource(database.dataSource()));
        var retention = new InboxRetention(
                properties.inbox().retention(),
                properties.outbox().retention(),
                new TopicRetention(kafka.adminProperties()),
                () -> consumedTopics(handlers, retries));
        var registry = meters.getIfAvailable(SimpleMeterRegistry::new);
        Gauge.builder("eventing.inbox.retention", retention, InboxRetention::seconds)
                .baseUnit("seconds")
                .description("How long event ids are remembered; infinite while that is unknown or unlimited")
                .strongReference(true)
                .register(registry);
        var partitions = partitions(database, properties, retention, registry);
        partitions.prepare();
        return partitions;
    }

    @Bean
    PartitionSchedule partitionSchedule(DailyPartitions partitions) {
        return new PartitionSchedule(partitions);
    }

    @Bean
    PeriodicTasks periodicTasks(ObjectProvider<PeriodicTask> tasks) {
        return new PeriodicTasks(tasks.orderedStream().toList());
    }

    /** Depends on the partitions only to be used after the tables are there. */
    @Bean
    WitnessedTime witnessedTime(EventingDatabase database, DailyPartitions partitions) {
        return new WitnessedTime(database.client());
    }

    private static DailyPartitions partitions(
            EventingDatabase database, EventingProperties properties, InboxRetention retention, MeterRegistry meters) {
        var dataSource = new CommittingDataSource(database.dataSource());
        var jdbc = database.schema().client(new JdbcTemplate(dataSource));
        var transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        var outbox = new PartitionedTable("outbox", jdbc, transaction);
        var inbox = new PartitionedTable("inbox", jdbc, transaction);
        return new DailyPartitions(
                jdbc,
                new WitnessedTime(jdbc),
                List.of(
                        new DailyPartitions.Table(
                                new OldOutbox(outbox, jdbc),
                                () -> Optional.of(properties.outbox().retention())),
                        new DailyPartitions.Table(new OldInbox(inbox, jdbc), retention::now)),
                meters.counter("eventing.upkeep.failures")::increment);
    }

    private static Collection<String> consumedTopics(
            ObjectProvider<HandlerRegistry> handlers, ObjectProvider<RetryTopics> retries) {
        var topics = new HashSet<String>();
        handlers.ifAvailable(registry -> topics.addAll(registry.topics()));
        retries.ifAvailable(all -> topics.addAll(all.retries()));
        return topics;
    }
}
