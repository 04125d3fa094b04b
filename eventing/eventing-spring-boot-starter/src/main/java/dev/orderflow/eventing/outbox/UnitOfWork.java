package dev.orderflow.eventing.outbox;

import dev.orderflow.eventing.schema.PersistenceContext;
import dev.orderflow.eventing.wire.ReversibleSynchronization;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<Object, Integer> rowsAtSavepoint = new IdentityHashMap<>();
    private int buckets;
    private @Nullable String joined;
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

    /** Makes a statement about events of a type, which is executed at once, part of the unit. */
    void join(String type) {
        requireOpen(type);
        joined = type;
    }

    private void requireOpen(String type) {
        if (ending) {
            throw new IllegalStateException(type
                    + " is published after its transaction has ended, too late to be part of it: publish it before,"
                    + " or in a transaction of its own");
        }
    }

    @Override
    public void savepoint(Object savepoint) {
        rowsAtSavepoint.put(savepoint, rows.size());
    }

    @Override
    public void savepointRollback(Object savepoint) {
        rows.subList(rowsAtSavepoint.getOrDefault(savepoint, 0), rows.size()).clear();
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
        if (!written && !rows.isEmpty()) {
            throw new IllegalStateException(rows.size() + " events were published while the transaction was already"
                    + " committing, too late to be part of it; the first is "
                    + rows.getFirst().type());
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
        if (!written && !rows.isEmpty()) {
            LOG.error(
                    "event=lost type={} count={} reason=\"published after the commit\"",
                    rows.getFirst().type(),
                    rows.size());
        }
        if (joined != null && !inTime) {
            LOG.error("event=lost type={} reason=\"scheduled or cancelled after the commit\"", joined);
        }
    }
}
