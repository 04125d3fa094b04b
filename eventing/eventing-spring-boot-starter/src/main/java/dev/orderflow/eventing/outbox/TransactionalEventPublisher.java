package dev.orderflow.eventing.outbox;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.schema.PersistenceContext;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventDescriptor;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.eventing.wire.ReversibleSynchronization;
import dev.orderflow.eventing.wire.StoredHeaders;
import java.time.Clock;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Collects a transaction's events and writes them to the outbox in one statement directly before the commit. The application's
 * changes are flushed first: only then do row order and lock order agree.
 * <p>
 * Events are serialized when they are published. An event that can never be sent therefore fails in its publisher and never
 * reaches the outbox.
 */
class TransactionalEventPublisher implements EventPublisher, RecordForwarder {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionalEventPublisher.class);

    private static final int LONGEST_KEY = 200;

    private final Outbox outbox;
    private final EventJson json;
    private final String source;
    private final NoArgGenerator ids = Generators.timeBasedEpochGenerator();
    private final Clock clock;
    private final int largestPayload;
    private final PersistenceContext entities;
    private final IntConsumer wakeRelay;
    private final PublicationContext contexts;

    /**
     * @param source         CloudEvents source of the events
     * @param largestPayload in bytes
     * @param entities       flushed before the events are written
     * @param wakeRelay      called after the commit, with the bit mask of the buckets that were written to
     */
    TransactionalEventPublisher(
            Outbox outbox,
            EventJson json,
            String source,
            Clock clock,
            int largestPayload,
            PersistenceContext entities,
            IntConsumer wakeRelay) {
        this.outbox = outbox;
        this.json = json;
        this.source = source;
        this.clock = clock;
        this.largestPayload = largestPayload;
        this.entities = entities;
        this.wakeRelay = wakeRelay;
        this.contexts = PublicationContext.UNCHANGED;
    }

    private TransactionalEventPublisher(TransactionalEventPublisher other, PublicationContext contexts) {
        this.outbox = other.outbox;
        this.json = other.json;
        this.source = other.source;
        this.clock = other.clock;
        this.largestPayload = other.largestPayload;
        this.entities = other.entities;
        this.wakeRelay = other.wakeRelay;
        this.contexts = contexts;
    }

    /** Returns a publisher that derives the context of its events. */
    TransactionalEventPublisher within(PublicationContext derived) {
        return new TransactionalEventPublisher(this, derived);
    }

    @Override
    public void publish(DomainEvent event) {
        requireTransaction(event.getClass().getSimpleName());
        var id = ids.generate();
        // All versions are checked before one is added: the caller may catch the failure and commit.
        var rows = json.contracts().versionsOf(event).stream()
                .map(version -> row(id, version))
                .toList();
        rows.forEach(unitOfWork()::add);
    }

    /** See {@link JsonPublisher}. */
    void publish(JsonPublisher.JsonEvent event) {
        requireTransaction(event.type());
        var id = ids.generate();
        unitOfWork()
                .add(row(
                        id,
                        new PublicationContext.Publication(id, event.type(), event.topic(), event.key()),
                        null,
                        null,
                        event.extensions(),
                        event.data()));
    }

    @Override
    public void forward(String topic, String key, String type, Headers headers, byte @Nullable [] payload) {
        requireTransaction(type);
        unitOfWork()
                .add(new NewOutboxRow(
                        ids.generate(),
                        topic,
                        key,
                        type,
                        clock.instant(),
                        true,
                        StoredHeaders.write(headers),
                        payload));
    }

    private void requireTransaction(String published) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "publish(" + published + ") needs a transaction to join: call it from a @Transactional method");
        }
        if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            throw new IllegalStateException(
                    "publish(" + published + ") needs a transaction that may write, and this one is read-only");
        }
        if (!outbox.joinsCurrentTransaction()) {
            throw new IllegalStateException(
                    "publish(" + published + ") needs a transaction of the database that contains the outbox,"
                            + " but this one is of another database or transaction manager: the event would be"
                            + " published even if that transaction is rolled back. Name the outbox's transaction manager"
                            + " in @Transactional");
        }
    }

    private UnitOfWork unitOfWork() {
        for (var synchronization : TransactionSynchronizationManager.getSynchronizations()) {
            if (synchronization instanceof UnitOfWork unit && unit.writesTo(outbox)) {
                return unit;
            }
        }
        var unit = new UnitOfWork();
        TransactionSynchronizationManager.registerSynchronization(unit);
        return unit;
    }

    private NewOutboxRow row(UUID id, DomainEvent event) {
        var descriptor = EventDescriptor.of(event.getClass());
        requireOwner(descriptor);
        var publication = new PublicationContext.Publication(id, descriptor.type(), descriptor.topic(), event.key());
        return row(id, publication, descriptor.intent(), event.dedupKey(), List.of(), json.write(event));
    }

    /** @param intent the event's own; null to inherit that of its cause */
    private NewOutboxRow row(
            UUID id,
            PublicationContext.Publication event,
            @Nullable String intent,
            @Nullable String dedupKey,
            List<Header> extensions,
            byte[] payload) {
        var key = event.key();
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException(
                    event.type() + " has a key that is blank or longer than " + LONGEST_KEY + " characters");
        }
        if (payload.length > largestPayload) {
            throw new IllegalArgumentException(event.type() + " has " + payload.length
                    + " bytes of JSON, more than eventing.outbox.largest-payload=" + largestPayload);
        }
        json.contracts().check(event.type(), payload);
        var context = AttributeBounds.check(contexts.of(event, EventContext.current()));
        AttributeBounds.check("deduplication key", dedupKey);
        var time = clock.instant();
        var headers = CloudEventHeaders.contextOf(
                time,
                context.correlationId() == null ? key : context.correlationId(),
                intent == null ? context.intent() : intent,
                context,
                dedupKey);
        headers.addAll(extensions);
        return new NewOutboxRow(
                id, event.topic(), key, event.type(), time, false, StoredHeaders.write(headers), payload);
    }

    /** Rejects an event of another owner. Otherwise each consumer would reject it, after its transaction has committed. */
    private void requireOwner(EventDescriptor descriptor) {
        if (descriptor.owner() != null && !descriptor.owner().equals(source)) {
            throw new IllegalArgumentException(descriptor.type() + " is published on " + descriptor.topic()
                    + ", which belongs to " + descriptor.owner() + ", and the source of this application's events is "
                    + source + ": let " + descriptor.owner() + " publish it, or correct eventing.source");
        }
    }

    /**
     * The events of one transaction, of all publishers that share an outbox: their order is that of the calls, and one statement locks
     * the streams. Spring suspends and resumes it together with its transaction.
     */
    private final class UnitOfWork implements ReversibleSynchronization, Ordered {

        private final List<NewOutboxRow> rows = new ArrayList<>();
        private final Map<Object, Integer> rowsAtSavepoint = new IdentityHashMap<>();
        private int buckets;
        private boolean written;
        private boolean ending;

        private boolean writesTo(Outbox wanted) {
            return outbox == wanted;
        }

        private void add(NewOutboxRow row) {
            if (ending) {
                throw new IllegalStateException(row.type()
                        + " is published after its transaction has ended, too late to be part of it: publish it before,"
                        + " or in a transaction of its own");
            }
            buckets |= 1 << row.bucket();
            if (written) {
                outbox.write(List.of(row));
            } else {
                rows.add(row);
            }
        }

        @Override
        public void savepoint(Object savepoint) {
            rowsAtSavepoint.put(savepoint, rows.size());
        }

        @Override
        public void savepointRollback(Object savepoint) {
            rows.subList(rowsAtSavepoint.getOrDefault(savepoint, 0), rows.size())
                    .clear();
        }

        /** Runs last, so that the same statement writes events that other synchronizations publish. */
        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            entities.flush();
            written = true;
            outbox.write(rows);
        }

        /** Rejects later events, which would be committed separately when the connection is returned. */
        @Override
        public void beforeCompletion() {
            ending = true;
        }

        @Override
        public void afterCommit() {
            if (!written) {
                throw new IllegalStateException(rows.size() + " events were published while the transaction was already"
                        + " committing, too late to be part of it; the first is "
                        + rows.getFirst().type());
            }
            wakeRelay.accept(buckets);
        }

        /** Logs lost events. No caller can be informed: {@link #afterCommit} is not called for a unit registered meanwhile. */
        @Override
        public void afterCompletion(int status) {
            if (!written && !rows.isEmpty() && status == STATUS_COMMITTED) {
                LOG.error(
                        "event=lost type={} count={} reason=\"published after the commit\"",
                        rows.getFirst().type(),
                        rows.size());
            }
        }
    }
}
