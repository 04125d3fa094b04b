package dev.orderflow.eventing.retry;

import dev.orderflow.eventing.loop.Loop;
import dev.orderflow.eventing.loop.Looping;
import dev.orderflow.eventing.retry.HoldRecovery.Recovery;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Periodically looks for overdue unresolved events. {@link HoldRecovery} recovers each of them in its own transaction. Every
 * instance does so. Each event is checked again under its stream's lock, so two instances never recover the same event.
 */
class HoldSweeper extends Looping.Single {

    private static final Logger LOG = LoggerFactory.getLogger(HoldSweeper.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(30);
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    /**
     * Maximum number of events that one pass recovers. Together with the period it limits recovery to 1,000 events a minute, so
     * that late records are not all sent again at once.
     */
    private static final int EVENTS_AT_ONCE = 500;

    private static final int STREAMS_AT_ONCE = 100;

    private final HoldRecovery recovery;
    private final TransactionOperations transaction;
    private final BooleanSupplier resting;
    private final long after;
    private final long period;
    private long lastPass;
    private long lastRest;
    private boolean failing;

    /**
     * @param after   the time after which a due record counts as lost
     * @param resting whether consumption of retry topics is paused; no record is overdue then
     */
    HoldSweeper(HoldRecovery recovery, TransactionOperations transaction, Duration after, BooleanSupplier resting) {
        super(Loop.onVirtualThread("hold-sweeper"), Duration.ZERO, LONGEST_END);
        this.recovery = recovery;
        this.transaction = transaction;
        this.resting = resting;
        this.after = after.toNanos();
        var quarter = after.dividedBy(4);
        this.period = (quarter.compareTo(LONGEST_PERIOD) < 0 ? quarter : LONGEST_PERIOD).toNanos();
        this.lastPass = System.nanoTime();
        this.lastRest = lastPass;
    }

    /** Queries the database only at the end of a period, or when this instance has left events behind. */
    @Override
    public Duration round() {
        var now = System.nanoTime();
        if (resting.getAsBoolean()) {
            lastRest = now;
        }
        if (now - lastPass >= period) {
            lastPass = now;
            releaseLeftBehind();
            recoverOverdue(now);
        } else if (recovery.hasLeftBehind()) {
            releaseLeftBehind();
        }
        failing = false;
        return TICK;
    }

    /** Logs the first of consecutive failures only. */
    @Override
    public Duration failed(Throwable e) {
        if (!failing) {
            var cause = NestedExceptionUtils.getMostSpecificCause(e);
            LOG.warn("holdSweep=failed retryEvery={} cause=\"{}\"", Duration.ofNanos(period), cause.toString());
        }
        failing = true;
        return TICK;
    }

    private void releaseLeftBehind() {
        while (loop().goesOn() && transaction.execute(status -> recovery.releaseLeftBehind(STREAMS_AT_ONCE)) > 0) {
            LOG.debug("holds=released");
            loop().progressed();
        }
    }

    /** Recovers overdue events, but not soon after a start or a pause: records that became due meanwhile are only late. */
    private void recoverOverdue(long now) {
        if (now - lastRest < after) {
            return;
        }
        for (var event : recovery.overdue(EVENTS_AT_ONCE)) {
            if (!loop().goesOn()) {
                return;
            }
            loop().progressed();
            var done = transaction.execute(status -> recovery.recover(event));
            if (done != Recovery.UNCHANGED) {
                LOG.warn("hold=overdue event={} recovery={}", event, done);
            }
        }
    }
}
