package dev.orderflow.eventing.outbox;

import dev.orderflow.eventing.schema.PersistenceContext;
import dev.orderflow.eventing.wire.EventDescriptor;
import dev.orderflow.eventing.wire.ReversibleSynchronization;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;

/**
 * The events of one transaction, of all publishers that share an outbox: their order is that of the calls, and one statement locks
 * the streams. Spring suspends and resumes it together with its transaction.
 */
final class UnitOfWork implements ReversibleSynchronization, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(UnitOfWork.class);

    private final Outbox outbox;
    private final PersistenceContext entities;
    private final IntConsumer wakeRelay;
    private final List<NewOutboxRow> rows = new ArrayList<>();
    private final List<ScheduledEvent> scheduled = new ArrayList<>();
    private final Map<Object, Collected> collectedAtSavepoint = new IdentityHashMap<>();
    private int buckets;
    private @Nullable String cancelled;
    private boolean written;
    private boolean ending;
    private boolean inTime;

    /**
     * @param entities  flushed before the events are written
     * @param wakeRelay called after the commit, with the bit mask of the buckets that were written to
     */
    UnitOfWork(Outbox outbox, PersistenceContext entities, IntConsumer wakeRelay) {
        this.outbox = outbox;
        this.entities = entities;
        this.wakeRelay = wakeRelay;
    }

    boolean writesTo(Outbox wanted) {
        return outbox == wanted;
    }

    void add(NewOutboxRow row) {
        requireOpen(row.type());
        buckets |= 1 << row.bucket();
        if (written) {
            outbox.write(List.of(row));
        } else {
            rows.add(row);
        }
    }

    /** Adds an event that is published later. */
    void add(ScheduledEvent event) {
        requireOpen(event.family());
        if (written) {
            outbox.scheduled().add(List.of(event));
        } else {
            scheduled.add(event);
        }
    }

    /** Cancels at once what was scheduled, here or by earlier transactions, and returns how many events that are. */
    int cancel(String type, Set<String> keys) {
        requireOpen(type);
        cancelled = type;
        var family = EventDescriptor.familyOf(type);
        var before = scheduled.size();
        scheduled.removeIf(event -> event.family().equals(family) && keys.contains(event.key()));
        return before - scheduled.size() + outbox.scheduled().cancel(family, keys);
    }

    private void requireOpen(String type) {
        if (ending) {
            throw new IllegalStateException(type
                    + " is published after its transaction has ended, too late to be part of it: publish it before,"
                    + " or in a transaction of its own");
        }
    }

    /**
     * Events that are not written yet.
     *
     * @param rows      their number, since rows are only added
     * @param scheduled a copy, since a cancellation removes some
     */
    private record Collected(int rows, List<ScheduledEvent> scheduled) {

        private static final Collected NOTHING = new Collected(0, List.of());
    }

    @Override
    public void savepoint(Object savepoint) {
        collectedAtSavepoint.put(savepoint, new Collected(rows.size(), List.copyOf(scheduled)));
    }

    @Override
    public void savepointRollback(Object savepoint) {
        var collected = collectedAtSavepoint.getOrDefault(savepoint, Collected.NOTHING);
        rows.subList(collected.rows(), rows.size()).clear();
        scheduled.clear();
        scheduled.addAll(collected.scheduled());
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
        if (!scheduled.isEmpty()) {
            outbox.scheduled().add(scheduled);
            // A later synchronization that cancels finds them in the database.
            scheduled.clear();
        }
        if (!rows.isEmpty()) {
            outbox.write(rows);
        }
    }

    /** Rejects later events, which would be committed separately when the connection is returned. */
    @Override
    public void beforeCompletion() {
        ending = true;
    }

    @Override
    public void afterCommit() {
        inTime = true;
        if (!written && hasEvents()) {
            throw new IllegalStateException(size() + " events were published while the transaction was already"
                    + " committing, too late to be part of it; the first is " + firstType());
        }
        if (buckets != 0) {
            wakeRelay.accept(buckets);
        }
    }

    /** Logs lost events. No caller can be informed: {@link #afterCommit} is not called for a unit registered meanwhile. */
    @Override
    public void afterCompletion(int status) {
        if (status != STATUS_COMMITTED) {
            return;
        }
        if (!written && hasEvents()) {
            LOG.error("event=lost type={} count={} reason=\"published after the commit\"", firstType(), size());
        }
        if (cancelled != null && !inTime) {
            LOG.error("event=lost type={} reason=\"cancelled after the commit\"", cancelled);
        }
    }

    private boolean hasEvents() {
        return size() > 0;
    }

    private int size() {
        return rows.size() + scheduled.size();
    }

    private String firstType() {
        return rows.isEmpty() ? scheduled.getFirst().family() : rows.getFirst().type();
    }
}
