package dev.orderflow.eventing.outbox;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.database.AdminDatabase;
import dev.orderflow.eventing.database.ReadyTables;
import dev.orderflow.eventing.schema.EventingDatabase;
import dev.orderflow.eventing.schema.PersistenceContext;
import dev.orderflow.eventing.settings.EventingProperties;
import dev.orderflow.eventing.wire.EventJson;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.function.IntConsumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.TransactionDefinition;

/** Auto-configuration of transactional publishing. */
@AutoConfiguration(
        afterName = {
            "dev.orderflow.eventing.wire.EventingWireAutoConfiguration",
            "dev.orderflow.eventing.upkeep.UpkeepAutoConfiguration",
            "dev.orderflow.eventing.outbox.relay.RelayAutoConfiguration"
        })
class OutboxAutoConfiguration {

    private static final String APPLICATION_NAME = "${spring.application.name:application}";

    /** Another application may send what this one publishes. */
    private static final IntConsumer NO_RELAY = buckets -> {};

    private final ObjectProvider<PublicationContext> contexts;

    OutboxAutoConfiguration(ObjectProvider<PublicationContext> contexts) {
        this.contexts = contexts;
    }

    /** The outbox of all publishers below: what they publish in one transaction is written together. */
    @Bean
    @ConditionalOnMissingBean
    Outbox transactionalOutbox(EventingDatabase database) {
        return new Outbox(database.template(), database.schema());
    }

    /** Gets the tables only so that it starts after their migration. */
    @Bean
    @ConditionalOnMissingBean
    ScheduledPublication scheduledPublication(
            EventingDatabase database,
            Outbox transactionalOutbox,
            @Qualifier("wakeOutboxRelay") ObjectProvider<IntConsumer> wakeRelay,
            ObjectProvider<MeterRegistry> meters,
            ObjectProvider<ReadyTables> tables) {
        tables.getIfAvailable();
        var transaction = database.transaction();
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        var registry = meters.getIfAvailable(SimpleMeterRegistry::new);
        var publication = new ScheduledPublication(
                transactionalOutbox.scheduled(),
                transactionalOutbox,
                transaction,
                wakeRelay.getIfAvailable(() -> NO_RELAY),
                registry.counter("eventing.scheduled.published")::increment,
                System::nanoTime);
        Gauge.builder("eventing.scheduled.overdue", publication, ScheduledPublication::overdueSeconds)
                .baseUnit("seconds")
                .description("How long the first scheduled event that may not have been published is overdue")
                .strongReference(true)
                .register(registry);
        return publication;
    }

    @Bean
    @ConditionalOnMissingBean(EventPublisher.class)
    TransactionalEventPublisher eventPublisher(
            Outbox transactionalOutbox,
            EventJson json,
            Clock clock,
            EventingProperties properties,
            @Value(APPLICATION_NAME) String applicationName,
            ObjectProvider<PersistenceContext> entities,
            @Qualifier("wakeOutboxRelay") ObjectProvider<IntConsumer> wakeRelay) {
        return new TransactionalEventPublisher(
                        transactionalOutbox,
                        json,
                        properties.sourceOr(applicationName),
                        clock,
                        properties.outbox().largestPayload(),
                        entities.getIfAvailable(() -> PersistenceContext.NONE),
                        wakeRelay.getIfAvailable(() -> NO_RELAY))
                .within(contexts.getIfAvailable(() -> PublicationContext.UNCHANGED));
    }

    /**
     * Forwarder of retries, also if the application defines its own publisher. Its type is not the publisher's, which would be a
     * second {@link EventPublisher}.
     */
    @Bean
    @ConditionalOnMissingBean
    RecordForwarder recordForwarder(
            Outbox transactionalOutbox,
            EventJson json,
            Clock clock,
            EventingProperties properties,
            @Value(APPLICATION_NAME) String applicationName,
            ObjectProvider<PersistenceContext> entities,
            @Qualifier("wakeOutboxRelay") ObjectProvider<IntConsumer> wakeRelay) {
        return eventPublisher(transactionalOutbox, json, clock, properties, applicationName, entities, wakeRelay)
                ::forward;
    }

    /** Publisher of JSON, also if the application defines its own publisher of records. */
    @Bean
    @ConditionalOnMissingBean
    JsonPublisher jsonPublisher(
            Outbox transactionalOutbox,
            EventJson json,
            Clock clock,
            EventingProperties properties,
            @Value(APPLICATION_NAME) String applicationName,
            ObjectProvider<PersistenceContext> entities,
            @Qualifier("wakeOutboxRelay") ObjectProvider<IntConsumer> wakeRelay) {
        return eventPublisher(transactionalOutbox, json, clock, properties, applicationName, entities, wakeRelay)
                ::publish;
    }

    /** Forwards in transactions of {@link AdminDatabase}. Not a default candidate, since consumers need the application's forwarder. */
    @Bean(defaultCandidate = false)
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean(name = "adminForwarder")
    RecordForwarder adminForwarder(
            AdminDatabase admin,
            EventJson json,
            Clock clock,
            EventingProperties properties,
            @Qualifier("wakeOutboxRelay") ObjectProvider<IntConsumer> wakeRelay) {
        return new TransactionalEventPublisher(
                new Outbox(admin.template(), admin.schema()),
                json,
                properties.sourceOr(properties.group()),
                clock,
                properties.outbox().largestPayload(),
                PersistenceContext.NONE,
                wakeRelay.getIfAvailable(() -> NO_RELAY));
    }
}
