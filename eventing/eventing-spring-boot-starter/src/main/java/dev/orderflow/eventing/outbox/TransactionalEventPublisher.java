package dev.orderflow.eventing.outbox;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.PublicationTime;
import dev.orderflow.eventing.schema.PersistenceContext;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventDescriptor;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.eventing.wire.StoredHeaders;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Collects a transaction's events and writes them to the outbox in one statement directly before the commit. The application's
 * changes are flushed first: only then do row order and lock order agree.
 * <p>
 * Events are serialized when they are published. An event that can never be sent therefore fails in its publisher and never
 * reaches the outbox.
 */
class TransactionalEventPublisher implements EventPublisher, RecordForwarder {

    private static final int LONGEST_KEY = 200;

    private final Outbox outbox;
    private final EventJson json;
    private final String source;
    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
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
                .map(version -> row(id, version, clock.instant()))
                .toList();
        rows.forEach(unitOfWork()::add);
    }

    @Override
    public void publish(DomainEvent event, PublicationTime time) {
        requireTransaction(event.getClass().getSimpleName());
        var type = EventDescriptor.of(event.getClass()).type();
        var planned = planned(time);
        var id = ids.construct(planned.toEpochMilli());
        // The deadline of what schedules it may be over by then.
        var context = EventContext.current().withoutDeadline().open();
        try {
            var versions = json.contracts().versionsOf(event).stream()
                    .map(version -> row(id, version, planned))
                    .toList();
            unitOfWork().add(new ScheduledEvent(time, EventDescriptor.familyOf(type), event.key(), versions));
        } finally {
            context.close();
        }
    }

    private Instant planned(PublicationTime time) {
        var now = clock.instant();
        var planned = switch (time) {
            case PublicationTime.Fixed(var instant) -> instant.isBefore(now) ? now : instant;
            case PublicationTime.Delayed(var delay) ->
                delay.compareTo(PublicationTime.LONGEST) > 0 ? Instant.MAX : now.plus(delay);
        };
        if (planned.isAfter(now.plus(PublicationTime.LONGEST))) {
            throw new IllegalArgumentException(
                    "an event must be published within " + PublicationTime.LONGEST.toDays() + " days, unlike " + time);
        }
        return planned;
    }

    @Override
    public int cancel(Class<? extends DomainEvent> type, Set<String> keys) {
        requireTransaction(type.getSimpleName());
        return unitOfWork().cancel(EventDescriptor.of(type).type(), keys);
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
                        event.data(),
                        clock.instant()));
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
        var unit = new UnitOfWork(outbox, entities, wakeRelay);
        TransactionSynchronizationManager.registerSynchronization(unit);
        return unit;
    }

    private NewOutboxRow row(UUID id, DomainEvent event, Instant time) {
        var descriptor = EventDescriptor.of(event.getClass());
        requireOwner(descriptor);
        var publication = new PublicationContext.Publication(id, descriptor.type(), descriptor.topic(), event.key());
        return row(id, publication, descriptor.intent(), event.dedupKey(), List.of(), json.write(event), time);
    }

    /** @param intent the event's own; null to inherit that of its cause */
    private NewOutboxRow row(
            UUID id,
            PublicationContext.Publication event,
            @Nullable String intent,
            @Nullable String dedupKey,
            List<Header> extensions,
            byte[] payload,
            Instant time) {
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
}
