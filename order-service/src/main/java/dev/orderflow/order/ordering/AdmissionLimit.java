package dev.orderflow.order.ordering;

import java.time.Duration;

/**
 * How many orders may be in flight so that they are PAID about as soon as the target asks.
 * <p>
 * Beyond its capacity a flow completes no more orders, it only lets each wait longer, and on a machine that still compiles its code
 * it completes fewer: accepting an order takes the time that others need to be completed. So the limit grows while it is made use of and
 * hardly any order is late, and shrinks by a part when many are: additive increase, multiplicative decrease, as in
 * <a href="https://www.rfc-editor.org/rfc/rfc5681">TCP's congestion control</a>. After a decrease it waits for one target time,
 * in which the orders in flight cannot show its effect yet. Not thread-safe.
 */
final class AdmissionLimit {

    /** Share of orders in flight that may be late, so that single ones that are retried do not matter. */
    private static final double TOLERATED = 0.05;

    private static final double DECREASE = 0.75;
    private static final double INCREASE = 0.1;
    /** Share of the limit from which on it is made use of. */
    private static final double USED = 0.7;

    private final int least;
    private final int most;
    private final long targetNanos;
    private double limit;
    private long decreasedAt;
    private boolean decreased;

    AdmissionLimit(int least, int most, Duration target) {
        this.least = least;
        this.most = most;
        this.targetNanos = target.toNanos();
        this.limit = least;
    }

    int orders() {
        return (int) limit;
    }

    /** @param nanoTime of the look, monotonic */
    void observe(OrdersInFlight.Step flow, long nanoTime) {
        if (flow.late() > TOLERATED * flow.waiting()) {
            if (!decreased || nanoTime - decreasedAt >= targetNanos) {
                limit = Math.max(least, DECREASE * Math.min(limit, Math.max(flow.waiting(), least)));
                decreasedAt = nanoTime;
                decreased = true;
            }
        } else if (flow.waiting() >= USED * limit) {
            limit = Math.min(most, limit + Math.max(1, INCREASE * limit));
        }
    }
}
