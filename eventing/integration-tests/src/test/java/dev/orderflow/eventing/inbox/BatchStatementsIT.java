package dev.orderflow.eventing.inbox;

import static dev.orderflow.eventing.PublicationTime.after;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import dev.orderflow.eventing.BeforeBatch;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.inbox.handler.TestHandlers;
import dev.orderflow.eventing.outbox.Publishing;
import dev.orderflow.eventing.retry.Diversions;
import dev.orderflow.eventing.retry.RetryTopics;
import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.AccountEvent.Deposited;
import dev.orderflow.eventing.sample.AuditEvent;
import dev.orderflow.eventing.schema.EventingSchema;
import dev.orderflow.eventing.schema.EventingTables;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventDescriptor;
import dev.orderflow.eventing.wire.EventJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;
import org.springframework.transaction.support.TransactionTemplate;

/** Number of statements per batch, with a handler that changes an entity and publishes an event for each of its events. */
class BatchStatementsIT {

    private static final String GROUP = "statements";
    private static final long TO_BE_AUDITED = 10_000;

    private static ScheduleDatabase database;
    private static CountingDataSource statements;
    private static EntityManagerFactory entityManagers;
    private static BatchProcessor processor;

    @Entity(name = "saving")
    static class Saving {

        @Id
        String account = "";

        long amount;
    }

    @BeforeAll
    static void open() {
        database = new ScheduleDatabase();
        database.template.execute("CREATE TABLE saving (account text PRIMARY KEY, amount bigint NOT NULL)");
        statements = new CountingDataSource(database.dataSource);
        entityManagers = new HibernatePersistenceConfiguration("test")
                .managedClass(Saving.class)
                .property("jakarta.persistence.nonJtaDataSource", statements)
                .property("hibernate.jdbc.batch_size", 1_000)
                .createEntityManagerFactory();
        processor = processor();
    }

    @AfterAll
    static void close() {
        entityManagers.close();
        database.close();
    }

    @Test
    void aBatchCostsAsManyStatementsWhateverItsSize() throws InterruptedException {
        assertThat(statementsFor(10)).hasSize(5).isEqualTo(statementsFor(300));
    }

    @Test
    void aBatchThatWasTakenInBeforeCostsTwoStatements() throws InterruptedException {
        var batch = deposits(50, 7);
        processor.consume(batch);
        statements.executed();

        processor.consume(batch);

        assertThat(statements.executed()).hasSize(2);
    }

    /** One statement more than without. */
    @Test
    void theEventsForLaterOfABatchAreScheduledTogether() throws InterruptedException {
        var batch = deposits(50, TO_BE_AUDITED);
        statements.executed();

        processor.consume(batch);

        assertThat(statements.executed()).hasSize(6);
        assertThat(database.template.queryForObject("SELECT count(*) FROM scheduled_event", Long.class))
                .isEqualTo(50);
    }

    private static List<String> statementsFor(int events) throws InterruptedException {
        var batch = deposits(events, 7);
        statements.executed();

        assertThat(processor.consume(batch).waiting()).isEmpty();

        var executed = statements.executed();
        assertThat(amounts(batch)).hasSize(events).containsOnly(7L);
        return executed;
    }

    /** Creates deposits, each to an account of its own. */
    private static List<ConsumerRecord<String, byte[]>> deposits(int count, long amount) {
        return IntStream.range(0, count)
                .mapToObj(number -> deposit(UUID.randomUUID().toString(), amount, number))
                .toList();
    }

    private static ConsumerRecord<String, byte[]> deposit(String account, long amount, int offset) {
        database.template.update("INSERT INTO saving VALUES (?, 0)", account);
        var payload = new EventJson().write(new Deposited(account, amount));
        var metadata = EventMetadata.of(
                Generators.timeBasedEpochGenerator().generate(),
                EventDescriptor.of(Deposited.class).type(),
                "test",
                account,
                Instant.now());
        return new ConsumerRecord<>(
                AccountEvent.TOPIC,
                0,
                offset,
                0,
                TimestampType.CREATE_TIME,
                account.length(),
                payload.length,
                account,
                payload,
                new RecordHeaders(CloudEventHeaders.of(metadata)),
                Optional.empty());
    }

    private static List<Long> amounts(List<ConsumerRecord<String, byte[]>> batch) {
        return database.jdbc
                .sql("SELECT amount FROM saving WHERE account = ANY (?)")
                .param(batch.stream().map(ConsumerRecord::key).toArray(String[]::new))
                .query(Long.class)
                .list();
    }

    private static BatchProcessor processor() {
        var template = new JdbcTemplate(statements);
        var jdbc = EventingSchema.UNSET.client(template);
        var json = new EventJson();
        var publishing = Publishing.to(template, entityManagers);
        var handlers = TestHandlers.registry(
                new Handlers(SharedEntityManagerCreator.createSharedEntityManager(entityManagers), publishing.events()),
                GROUP);
        var calls = TestHandlers.calls(handlers, jdbc, transaction(), GROUP);
        var topics = new RetryTopics(GROUP, 1);
        var metrics = new InboxMetrics(new SimpleMeterRegistry(), GROUP, TestHandlers.tag(handlers));
        return new BatchProcessor(
                new RecordDecoder(handlers, json, topics.retries(), metrics, calls),
                new BatchTransaction(
                        new Inbox(jdbc, GROUP, Duration.ofMinutes(1)),
                        Diversions.withOneRetry(
                                jdbc, topics, publishing.forwarder(), new SimulatedApplication.NoBook()),
                        transaction(),
                        new BatchSavepoints(jdbc, EventingTables.persistenceContext(entityManagers)),
                        calls),
                new ChunkSize(1_000),
                metrics,
                calls);
    }

    private static TransactionTemplate transaction() {
        var manager = new JpaTransactionManager(entityManagers);
        manager.setJpaDialect(new HibernateJpaDialect());
        manager.setDataSource(statements);
        return new TransactionTemplate(manager);
    }

    /** Handlers that load a batch's entities at once, like those of inventory-service. */
    record Handlers(EntityManager entities, EventPublisher events) {

        @BeforeBatch
        void load(List<Deposited> batch) {
            entities.createNativeQuery(
                            "SELECT account, amount FROM saving WHERE account = ANY (:accounts)", Saving.class)
                    .setParameter(
                            "accounts", batch.stream().map(Deposited::account).toArray(String[]::new))
                    .getResultList();
        }

        @EventHandler
        void deposit(Deposited event) {
            entities.find(Saving.class, event.account()).amount += event.amount();
            events.publish(new AuditEvent(event.account(), "deposited"));
            if (event.amount() == TO_BE_AUDITED) {
                events.publish(new AuditEvent(event.account(), "to be audited"), after(Duration.ofDays(1)));
            }
        }
    }
}
