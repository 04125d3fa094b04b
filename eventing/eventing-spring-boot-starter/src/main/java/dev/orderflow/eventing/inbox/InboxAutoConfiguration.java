package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.database.ReadyTables;
import dev.orderflow.eventing.inbox.handler.HandlerCalls;
import dev.orderflow.eventing.inbox.handler.HandlerRegistry;
import dev.orderflow.eventing.inbox.polling.BatchConsumer;
import dev.orderflow.eventing.retry.Diversion;
import dev.orderflow.eventing.retry.RetryTopics;
import dev.orderflow.eventing.schema.EventingDatabase;
import dev.orderflow.eventing.schema.PersistenceContext;
import dev.orderflow.eventing.settings.EventingProperties;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.eventing.wire.EventTypeTag;
import dev.orderflow.eventing.wire.EventVerifier;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Auto-configuration of the inbox, which consumes the batches that the consumer group polls. */
@AutoConfiguration(afterName = "dev.orderflow.eventing.inbox.handler.HandlerAutoConfiguration")
class InboxAutoConfiguration {

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    InboxMetrics inboxMetrics(ObjectProvider<MeterRegistry> meters, EventingProperties properties, EventTypeTag tag) {
        return new InboxMetrics(meters.getIfAvailable(SimpleMeterRegistry::new), properties.group(), tag);
    }

    /** Receivers of what became of the events. */
    record Reports(InboxMetrics metrics, List<ConsumptionListener> listeners) {}

    /** Reading of the records. */
    record Reading(EventJson json, EventVerifier.Factory verifiers) {}

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    Reading inboxReading(EventJson json, ObjectProvider<EventVerifier.Factory> verifiers) {
        return new Reading(json, verifiers.getIfAvailable(() -> () -> EventVerifier.NONE));
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    Reports inboxReports(InboxMetrics metrics, ObjectProvider<ConsumptionListener> listeners) {
        return new Reports(metrics, listeners.orderedStream().toList());
    }

    /** Target of the handlers' effects and of the events that were diverted. */
    record Storage(
            JdbcClient jdbc, TransactionTemplate transaction, Diversion diversion, PersistenceContext entities) {}

    /** Depends on the tables only so that it is used after their migration. */
    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    Storage inboxStorage(
            EventingDatabase database,
            Diversion diversion,
            ObjectProvider<PersistenceContext> entities,
            ReadyTables tables) {
        return new Storage(
                database.client(),
                database.transaction(),
                diversion,
                entities.getIfAvailable(() -> PersistenceContext.NONE));
    }

    @Bean
    @ConditionalOnProperty("eventing.group")
    @ConditionalOnMissingBean
    BatchConsumer.Factory batchConsumers(
            ObjectProvider<HandlerRegistry> handlers,
            HandlerCalls.Factory handlerCalls,
            Reading reading,
            RetryTopics retryTopics,
            Storage storage,
            EventingProperties properties,
            Reports reports) {
        var inbox = properties.inbox();
        return () -> {
            var calls = handlerCalls.create();
            return new BatchProcessor(
                    new RecordDecoder(
                            handlers.getObject(),
                            reading.json(),
                            retryTopics.ofAnyLevel(),
                            reports.metrics(),
                            calls,
                            reading.verifiers().create()),
                    new BatchTransaction(
                            new Inbox(
                                    storage.jdbc(),
                                    retryTopics.group(),
                                    inbox.handlingTimeout().multipliedBy(2),
                                    inbox.dedupWindow()),
                            storage.diversion(),
                            storage.transaction(),
                            new BatchSavepoints(storage.jdbc(), storage.entities()),
                            calls),
                    new ChunkSize(inbox.maxBatch()),
                    reports.metrics(),
                    calls,
                    new Suspects(System::nanoTime),
                    reports.listeners());
        };
    }
}
