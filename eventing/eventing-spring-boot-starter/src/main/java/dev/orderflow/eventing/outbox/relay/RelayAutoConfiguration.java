package dev.orderflow.eventing.outbox.relay;

import dev.orderflow.eventing.database.AdminDatabase;
import dev.orderflow.eventing.database.ReadyTables;
import dev.orderflow.eventing.database.RelayDatabase;
import dev.orderflow.eventing.kafka.KafkaClients;
import dev.orderflow.eventing.kafka.TopicCreator;
import dev.orderflow.eventing.schema.EventingDatabase;
import dev.orderflow.eventing.settings.EventingProperties;
import dev.orderflow.eventing.wire.EventSigner;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the relay, which sends committed events to Kafka. */
@AutoConfiguration(
        afterName = {
            "dev.orderflow.eventing.wire.EventingWireAutoConfiguration",
            "dev.orderflow.eventing.upkeep.UpkeepAutoConfiguration"
        })
class RelayAutoConfiguration {

    private static final String APPLICATION_NAME = "${spring.application.name:application}";

    private static final Duration SHORTEST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    private final UUID instance = UUID.randomUUID();

    /**
     * Headers that events get when they are sent, beside those that are stored.
     *
     * @param source CloudEvents source of the events
     */
    record SentHeaders(String source, SchemaHeaders schemas, RowSignatures signatures) {}

    @Bean
    @ConditionalOnMissingBean
    SentHeaders sentHeaders(
            EventingProperties properties,
            @Value(APPLICATION_NAME) String applicationName,
            ObjectProvider<EventSigner> signer) {
        return new SentHeaders(
                properties.sourceOr(applicationName),
                new SchemaHeaders(properties.schemas().baseUri()),
                new RowSignatures(signer.getIfAvailable(() -> EventSigner.NONE)));
    }

    /** Depends on the tables only so that it starts after their migration. */
    @Bean
    @ConditionalOnMissingBean
    OutboxRelay outboxRelay(
            RelayDatabase database,
            KafkaClients kafka,
            TopicCreator topics,
            EventingProperties properties,
            SentHeaders sent,
            ObjectProvider<MeterRegistry> meters,
            ReadyTables tables) {
        var outbox = properties.outbox();
        var source = sent.source();
        var reader =
                new OutboxReader(database.template(), source, database.schema(), sent.schemas(), sent.signatures());
        var registry = meters.getIfAvailable(SimpleMeterRegistry::new);
        var lost = new LostEvents(database.client(), new TopicTails(kafka::tailConsumer, source));
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
                new OutboxRelay.Settings(
                        outbox.pageSize(),
                        outbox.lease(),
                        outbox.shortestPoll(),
                        outbox.longestPoll(),
                        SHORTEST_RETRY,
                        LONGEST_RETRY));
    }

    @Bean
    @ConditionalOnMissingBean
    OutboxStatus outboxStatus(AdminDatabase admin) {
        return new OutboxStatus(admin.client(), instance);
    }

    @Bean
    @ConditionalOnMissingBean
    SentEvents sentEvents(EventingDatabase database, SentHeaders headers) {
        return new SentEvents(database, headers);
    }

    /** Wakes the relay after a commit that wrote to the buckets of a bit mask. */
    @Bean(defaultCandidate = false)
    @ConditionalOnMissingBean(name = "wakeOutboxRelay")
    IntConsumer wakeOutboxRelay(OutboxRelay relay) {
        return relay::wake;
    }
}
