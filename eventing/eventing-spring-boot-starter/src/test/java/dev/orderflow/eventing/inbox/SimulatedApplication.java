package dev.orderflow.eventing.inbox;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.inbox.handler.TestHandlers;
import dev.orderflow.eventing.inbox.polling.SimulatedBroker;
import dev.orderflow.eventing.inbox.polling.SimulatedMember;
import dev.orderflow.eventing.outbox.relay.SimulatedRelay;
import dev.orderflow.eventing.retry.DeadLetterBook;
import dev.orderflow.eventing.retry.DeadLetterBook.DeadEvent;
import dev.orderflow.eventing.retry.Diversion;
import dev.orderflow.eventing.retry.Diversions;
import dev.orderflow.eventing.retry.HoldRecovery;
import dev.orderflow.eventing.retry.RetryTopics;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.schema.PersistenceContext;
import dev.orderflow.eventing.settings.EventingProperties;
import dev.orderflow.eventing.wire.EventJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.support.TransactionOperations;

/** The starter's real consumer on a real database, between a {@link SimulatedBroker} and handlers that can fail. */
class SimulatedApplication {

    final TestClock clock = new TestClock();
    final FailingEvents failing = new FailingEvents();
    volatile boolean transactionsFail = true;

    private final ScheduleDatabase database;
    private final RetryTopics topics;
    private final SimulatedBroker broker;
    private final SimulatedRelay relay;
    private final Diversion diversion;
    private final HoldRecovery recovery;
    private final Random random;
    private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();

    SimulatedApplication(String group, ScheduleDatabase database, Random random) {
        this.database = database;
        this.random = random;
        this.topics = new RetryTopics(group, 2);
        var all = new HashSet<>(topics.retries());
        all.add(AccountEvent.TOPIC);
        this.broker = new SimulatedBroker(all);
        this.relay = new SimulatedRelay(database.template, this::append);
        var schedule = new EventingProperties.Retry.Schedule(2, Duration.ofMillis(100), 2, Duration.ofMillis(200), 0.2);
        this.diversion = Diversions.of(schedule, database.jdbc, topics, relay.forwarder(clock), new NoBook(), clock);
        this.recovery = new HoldRecovery(
                database.jdbc, diversion, topics, schedule.longestDelay(), Duration.ofMinutes(5), clock);
    }

    /** Appends a record. Sometimes a retry topic loses one. */
    private void append(String topic, String key, Iterable<Header> headers, byte @Nullable [] value) {
        if (!transactionsFail || !topics.retries().contains(topic) || random.nextInt(20) > 0) {
            broker.append(topic, key, headers, value);
        }
    }

    SimulatedBroker broker() {
        return broker;
    }

    UUID newId() {
        return ids.generate();
    }

    SimulatedMember sourceMember(int number, Random luck) {
        return SimulatedMember.ofSources(number, broker, Set.of(AccountEvent.TOPIC), this::processor, luck);
    }

    SimulatedMember retryMember(int number, Random luck) {
        return SimulatedMember.ofRetries(number, broker, topics, this::processor, clock, luck);
    }

    void relay(boolean diesOnTheWay) {
        relay.pass(diesOnTheWay ? random : null);
    }

    /** Stops all failures. */
    void repair() {
        failing.repair();
    }

    /** Replays the dead letters. */
    void replay(Map<UUID, SourceRecord> records) {
        var dead = database.jdbc
                .sql("SELECT event_id FROM key_hold WHERE consumer = ? AND state = 'DEAD' ORDER BY position")
                .param(topics.group())
                .query(UUID.class)
                .list();
        dead.forEach(id -> database.transaction.executeWithoutResult(status -> diversion.again(records.get(id), true)));
    }

    /** Sends the records of unresolved events again, whether or not they were lost. */
    void resend(double share) {
        var held = database.jdbc
                .sql("SELECT event_id FROM key_hold WHERE consumer = ? ORDER BY position")
                .param(topics.group())
                .query(UUID.class)
                .list();
        held.stream()
                .filter(id -> random.nextDouble() < share)
                .forEach(id -> database.transaction.executeWithoutResult(status -> recovery.resend(id)));
    }

    int unresolved() {
        return database.jdbc
                .sql("SELECT count(*) FROM key_hold WHERE consumer = ?")
                .param(topics.group())
                .query(Integer.class)
                .single();
    }

    List<Map<String, Object>> holds() {
        return database.jdbc
                .sql("SELECT event_id, key, position, state, hop, level, due FROM key_hold WHERE consumer = ?"
                        + " ORDER BY position")
                .param(topics.group())
                .query()
                .listOfRows();
    }

    /** Returns the events that took effect, per key, in their order. */
    Map<String, List<UUID>> effects(Collection<String> keys) {
        var effects = new LinkedHashMap<String, List<UUID>>();
        keys.forEach(key -> effects.put(key, new ArrayList<>()));
        database.jdbc
                .sql("SELECT account, event_id FROM effect WHERE account = ANY (?) ORDER BY id")
                .param(keys.toArray(String[]::new))
                .query(row -> {
                    effects.get(row.getString("account")).add(row.getObject("event_id", UUID.class));
                });
        return effects;
    }

    private BatchProcessor processor() {
        var group = topics.group();
        var handlers = TestHandlers.registry(new Handlers(), group);
        var calls = TestHandlers.calls(handlers, database.jdbc, database.transaction, group);
        var metrics = new InboxMetrics(new SimpleMeterRegistry(), group, TestHandlers.tag(handlers));
        return new BatchProcessor(
                new RecordDecoder(handlers, new EventJson(), topics.retries(), metrics, calls),
                new BatchTransaction(
                        new Inbox(database.jdbc, group, Duration.ofMinutes(1)),
                        diversion,
                        unreliable(),
                        new BatchSavepoints(database.jdbc, PersistenceContext.NONE),
                        calls),
                new ChunkSize(64),
                metrics,
                calls);
    }

    /** Sometimes rolls back without a failure, or commits and reports a failure. */
    private TransactionOperations unreliable() {
        return new TransactionOperations() {
            @Override
            public <T> T execute(org.springframework.transaction.support.TransactionCallback<T> action) {
                var fate = transactionsFail ? random.nextInt(20) : 20;
                var result = new AtomicReference<T>();
                database.transaction.executeWithoutResult(status -> {
                    result.set(action.doInTransaction(status));
                    if (fate == 0) {
                        throw new DataAccessResourceFailureException("the database went away before the commit");
                    }
                });
                if (fate == 1) {
                    throw new DataAccessResourceFailureException("the answer to the commit was lost");
                }
                return result.get();
            }
        };
    }

    /** Handlers of plain events and of ones that call out; each effect is a row. */
    class Handlers {

        @EventHandler
        void deposit(AccountEvent.Deposited event, EventMetadata metadata) {
            failing.handled(metadata.id());
            effect(metadata);
            failing.handled(metadata.id());
        }

        @EventHandler
        AfterCall pledge(AccountEvent.Pledged event, EventMetadata metadata) {
            failing.handled(metadata.id());
            return () -> {
                effect(metadata);
                failing.handled(metadata.id());
            };
        }

        private void effect(EventMetadata metadata) {
            database.jdbc
                    .sql("INSERT INTO effect (event_id, account) VALUES (?, ?)")
                    .params(metadata.id(), metadata.subject())
                    .update();
        }
    }

    static final class NoBook implements DeadLetterBook {

        @Override
        public void died(Collection<DeadEvent> events) {
            // The schedule knows its records, and finds the dead letters in key_hold.
        }

        @Override
        public void tookEffect(Collection<UUID> eventIds) {
            // See died.
        }
    }

    /** A clock that stands still until it is advanced. */
    static final class TestClock extends Clock {

        private volatile Instant now = Instant.now();

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
