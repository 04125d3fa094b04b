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
            if (synchronization instanceof UnitOfWork unit && unit.belongsTo(this)) {
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
        var key = event.key();
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException(
                    descriptor.type() + " has a key that is blank or longer than " + LONGEST_KEY + " characters");
        }
        var payload = json.write(event);
        if (payload.length > largestPayload) {
            throw new IllegalArgumentException(descriptor.type() + " has " + payload.length
                    + " bytes of JSON, more than eventing.outbox.largest-payload=" + largestPayload);
        }
        json.contracts().check(descriptor.type(), payload);
        var publication = new PublicationContext.Publication(id, descriptor.type(), descriptor.topic(), key);
        var context = bounded(contexts.of(publication, EventContext.current()));
        var time = clock.instant();
        var headers = CloudEventHeaders.contextOf(
                time,
                context.correlationId() == null ? key : context.correlationId(),
                descriptor.intent() == null ? context.intent() : descriptor.intent(),
                context,
                dedupKeyOf(event));
        return new NewOutboxRow(
                id, descriptor.topic(), key, descriptor.type(), time, false, StoredHeaders.write(headers), payload);
    }

    /** Returns what the event inherits. Consumers reject longer attributes, so publishing them fails. */
    private static EventContext bounded(EventContext context) {
        requireBounded("correlation id", context.correlationId());
        requireBounded("causation id", context.causationId());
        requireBounded("intent", context.intent());
        requireBounded("tenant id", context.tenantId());
        if (context.deadline() != null && !CloudEventHeaders.isReadable(context.deadline())) {
            throw new IllegalArgumentException("the deadline of a published event is out of range");
        }
        return context;
    }

    private static @Nullable String dedupKeyOf(DomainEvent event) {
        var key = event.dedupKey();
        requireBounded("deduplication key", key);
        return key;
    }

    private static void requireBounded(String name, @Nullable String value) {
        if (value != null && value.length() > CloudEventHeaders.LONGEST_ATTRIBUTE) {
            throw new IllegalArgumentException("the " + name + " of a published event has " + value.length()
                    + " characters, more than " + CloudEventHeaders.LONGEST_ATTRIBUTE);
        }
    }

    /** Rejects an event of another owner. Otherwise each consumer would reject it, after its transaction has committed. */
    private void requireOwner(EventDescriptor descriptor) {
        if (descriptor.owner() != null && !descriptor.owner().equals(source)) {
            throw new IllegalArgumentException(descriptor.type() + " is published on " + descriptor.topic()
                    + ", which belongs to " + descriptor.owner() + ", and the source of this application's events is "
                    + source + ": let " + descriptor.owner() + " publish it, or correct eventing.source");
        }
    }

    /** The events of one transaction. Spring suspends and resumes it together with its transaction. */
    private final class UnitOfWork implements ReversibleSynchronization, Ordered {

        private final List<NewOutboxRow> rows = new ArrayList<>();
        private final Map<Object, Integer> rowsAtSavepoint = new IdentityHashMap<>();
        private int buckets;
        private boolean written;
        private boolean ending;

        private boolean belongsTo(TransactionalEventPublisher publisher) {
            return publisher == TransactionalEventPublisher.this;
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
