package dev.orderflow.eventing.outbox;

import dev.orderflow.eventing.loop.Loop;
import dev.orderflow.eventing.loop.Looping;
import java.time.Duration;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Moves scheduled events to the outbox when their time has come by the database's clock. One transaction deletes and writes, so a
 * crash neither loses nor repeats an event.
 */
class ScheduledPublication extends Looping.Single {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduledPublication.class);

    private static final int MOST = 1_000;
    private static final long MOST_BYTES = 8 << 20;
    private static final Duration LONGEST_REST = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final ScheduledEvents events;
    private final Outbox outbox;
    private final TransactionOperations transaction;
    private final IntConsumer wakeRelay;
    private final LongConsumer published;
    private final LongSupplier nanoTime;
    // When the first event is due that may not have been published, by the monotonic clock.
    private volatile long dueAt;

    /**
     * @param wakeRelay called after the commit, with the bit mask of the buckets that were written to
     * @param published called with the number of rows after their commit
     */
    ScheduledPublication(
            ScheduledEvents events,
            Outbox outbox,
            TransactionOperations transaction,
            IntConsumer wakeRelay,
            LongConsumer published,
            LongSupplier nanoTime) {
        super(Loop.onVirtualThread("scheduled-events"), Duration.ofSeconds(1), LONGEST_END);
        this.events = events;
        this.outbox = outbox;
        this.transaction = transaction;
        this.wakeRelay = wakeRelay;
        this.published = published;
        this.nanoTime = nanoTime;
        this.dueAt = nanoTime.getAsLong();
    }

    /**
     * Returns how long the first event that may not have been published is overdue, in seconds. While rounds fail, that is the time
     * since the last that did not, since an event may have become due after it.
     */
    double overdueSeconds() {
        return Math.max(0, nanoTime.getAsLong() - dueAt) / 1e9;
    }

    @Override
    public Duration round() {
        var taken = Objects.requireNonNull(transaction.execute(status -> publishDue()));
        if (taken.rows() > 0) {
            wakeRelay.accept(taken.buckets());
            published.accept(taken.rows());
        }
        var next = taken.untilNext();
        dueAt = nanoTime.getAsLong() + (next == null || next.isPositive() ? 0 : next.toNanos());
        if (next == null || next.compareTo(LONGEST_REST) > 0) {
            return LONGEST_REST;
        }
        // Another instance publishes what is overdue and was not taken here.
        return next.isPositive() || taken.rows() > 0 ? next : LONGEST_REST;
    }

    private record Taken(int rows, int buckets, @Nullable Duration untilNext) {}

    private Taken publishDue() {
        if (!events.lock()) {
            return new Taken(0, 0, events.untilNext());
        }
        var rows = events.take(MOST, MOST_BYTES);
        var buckets = 0;
        if (!rows.isEmpty()) {
            outbox.write(rows);
            for (var row : rows) {
                buckets |= 1 << row.bucket();
            }
        }
        return new Taken(rows.size(), buckets, events.untilNext());
    }

    @Override
    public Duration failed(Throwable e) {
        LOG.warn("scheduled=failed retryIn={} cause=\"{}\"", AFTER_FAILURE, e.toString());
        return AFTER_FAILURE;
    }
}
