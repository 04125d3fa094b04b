package dev.orderflow.eventing.autoconfigure;

import com.fasterxml.uuid.Generators;
import dev.orderflow.eventing.outbox.BucketLeases;
import dev.orderflow.eventing.outbox.DatabaseTime;
import dev.orderflow.eventing.outbox.JpaPendingChanges;
import dev.orderflow.eventing.outbox.LostEvents;
import dev.orderflow.eventing.outbox.Outbox;
import dev.orderflow.eventing.outbox.OutboxReader;
import dev.orderflow.eventing.outbox.OutboxRelay;
import dev.orderflow.eventing.outbox.OutboxSender;
import dev.orderflow.eventing.outbox.OutboxStatus;
import dev.orderflow.eventing.outbox.ParkedEvents;
import dev.orderflow.eventing.outbox.PendingChanges;
import dev.orderflow.eventing.outbox.RelaySettings;
import dev.orderflow.eventing.outbox.RelaySignals;
import dev.orderflow.eventing.outbox.TransactionalEventPublisher;
import dev.orderflow.eventing.schema.EntityManagers;
import dev.orderflow.eventing.schema.EventingDatabase;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.eventing.wire.TopicCreator;
import dev.orderflow.eventing.wire.TopicTails;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Database to Kafka. */
@Configuration(proxyBeanMethods = false)
class OutboxWiring {

    static final String APPLICATION_NAME = "${spring.application.name:application}";

    private static final Duration SHORTEST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    private final UUID instance = UUID.randomUUID();

    @Bean
    TransactionalEventPublisher eventPublisher(
            EventingDatabase database,
            EventJson json,
            Clock clock,
            EventingProperties properties,
            @Value(APPLICATION_NAME) String applicationName,
            ObjectProvider<PendingChanges> changes,
            OutboxRelay relay) {
        return new TransactionalEventPublisher(
                new Outbox(database.template(), database.schema()),
                json,
                source(properties, applicationName),
                Generators.timeBasedEpochGenerator(),
                clock,
                properties.outbox().largestPayload(),
                changes.getIfAvailable(() -> () -> {}),
                relay::wake);
    }

    @Bean
    RelayDatabase relayDatabase(EventingDatabase database) {
        return new RelayDatabase(database);
    }

    /** Depends on the partitions only to start after the tables are there. */
    @Bean
    OutboxRelay outboxRelay(
            RelayDatabase database,
            KafkaClients kafka,
            TopicCreator topics,
            EventingProperties properties,
            @Value(APPLICATION_NAME) String applicationName,
            ObjectProvider<MeterRegistry> meters,
            DailyPartitions partitions) {
        var outbox = properties.outbox();
        var registry = meters.getIfAvailable(SimpleMeterRegistry::new);
        var reader = new OutboxReader(database.template(), source(properties, applicationName), database.schema());
        var lost = new LostEvents(
                database.client(), new TopicTails(kafka::tailConsumer, source(properties, applicationName)));
        Gauge.builder("eventing.outbox.lost.events", lost, LostEvents::count)
                .strongReference(true)
                .register(registry);
        var leases = new BucketLeases(database.client(), instance, outbox.lease(), lost::searchInBackground);
        var parked = new ParkedEvents(database.client(), database.transaction(), reader, leases, outbox.lease());
        Gauge.builder("eventing.outbox.parked.keys", parked, ParkedEvents::keys)
                .strongReference(true)
                .register(registry);
        Gauge.builder("eventing.outbox.waiting.topics", parked, ParkedEvents::topics)
                .strongReference(true)
                .register(registry);
        return new OutboxRelay(
                reader,
                new OutboxSender(
                        kafka::relayProducer,
                        topics,
                        registry.counter("eventing.outbox.published"),
                        new DatabaseTime(database.client()),
                        outbox.lease().dividedBy(3)),
                leases,
                parked,
                new RelaySignals(database.dataSource()),
                new RelaySettings(
                        outbox.pageSize(),
                        outbox.lease(),
                        outbox.shortestPoll(),
                        outbox.longestPoll(),
                        SHORTEST_RETRY,
                        LONGEST_RETRY));
    }

    @Bean
    OutboxStatus outboxStatus(AdminDatabase admin) {
        return new OutboxStatus(admin.client(), instance);
    }

    static String source(EventingProperties properties, String applicationName) {
        if (properties.source() != null) {
            return properties.source();
        }
        return properties.group() != null ? properties.group() : applicationName;
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "jakarta.persistence.EntityManagerFactory")
    @ConditionalOnBean(type = "jakarta.persistence.EntityManagerFactory")
    static class Jpa {

        @Bean
        PendingChanges pendingChanges(ObjectProvider<EntityManagerFactory> all, EventingDatabase database) {
            return EntityManagers.of(all, database)
                    .<PendingChanges>map(JpaPendingChanges::new)
                    .orElse(() -> {});
        }
    }
}
