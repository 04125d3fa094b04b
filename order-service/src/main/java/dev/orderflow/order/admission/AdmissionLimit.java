package dev.orderflow.order.admission;

import java.time.Duration;

/**
 * Limit on the orders in flight, which keeps the time from placing to PAID close to a target.
 * <p>
 * Beyond its capacity the flow completes no more orders; each order only takes longer. While the JVM still compiles its
 * code, the flow completes even fewer, because accepting an order takes processor time from the other steps. The limit
 * therefore grows while it refuses orders and few of those in flight are late, and shrinks when many are late: additive
 * increase, multiplicative decrease, as in <a href="https://www.rfc-editor.org/rfc/rfc5681">TCP's congestion
 * control</a>. It shrinks to the number of orders that are not late, which is what the flow completes in one target
 * time, but at most by half at once. Then it stays for one target time, because the orders in flight cannot show its
 * effect earlier.
 * <p>
 * It starts at its minimum, because a flow that has just started is slow, and returns to its normal value while orders are in
 * time, so that a short outage of a service does not fill it. Not thread-safe.
 */
final class AdmissionLimit {

    /**
     * Share of orders in flight that may be late before the limit shrinks. Orders that wait for a retry count as late.
     */
    private static final double TOLERATED = 0.25;

    /** Share of orders in flight that may be late while the limit grows. */
    private static final double IN_TIME = 0.05;

    /**
     * Share of the limit above which the flow counts as crowded. With fewer late orders, the delay has another cause.
     */
    private static final double CROWDED = 0.5;

    /** Share of the limit that remains at least after one decrease. */
    private static final double LARGEST_DECREASE = 0.5;
    /** Share by which the limit grows at once, but by at least one order. */
    private static final double INCREASE = 0.05;
    /** Share by which the limit returns to its normal value. */
    private static final double RETURN = 0.25;

    private final int least;
    private final int normal;
    private final int most;
    private final long targetNanos;
    private volatile double limit;
    private long decreasedAt;
    private boolean decreased;
    private boolean observed;

    /**
     * @param least  initial limit and lower bound
     * @param normal limit up to which it grows without refusing orders
     * @param most   upper bound
     * @param target time from placing to PAID; an order that takes longer is late
     */
    AdmissionLimit(int least, int normal, int most, Duration target) {
        this.least = least;
        this.normal = normal;
        this.most = most;
        this.targetNanos = target.toNanos();
        this.limit = least;
    }

    /** Returns how many orders may be in flight. May be called from any thread. */
    int orders() {
        return (int) limit;
    }

    /**
     * @param flow     orders in flight
     * @param refusing whether the limit has refused orders since the last observation
     * @param partial  whether a step that stands still was left out, so that the flow seems faster than it is
     * @param nanoTime time of the observation, monotonic
     */
    void observe(OrdersInFlight.Step flow, boolean refusing, boolean partial, long nanoTime) {
        var crowded = flow.waiting() >= CROWDED * limit;
        var inTime = flow.late() <= IN_TIME * flow.waiting();
        if (!observed && inTime) {
            // An instance that joins a working flow. A flow that has just started has hardly any orders.
            limit = Math.clamp(2L * flow.waiting(), least, normal);
        } else if (crowded && flow.late() > TOLERATED * flow.waiting()) {
            decrease(flow, nanoTime);
        } else if (refusing && (inTime || !crowded)) {
            increase(INCREASE, most);
        } else if (limit < normal && flow.waiting() > 0 && inTime && !partial) {
            increase(RETURN, normal);
        }
        observed = true;
    }

    private void increase(double share, int bound) {
        limit = Math.min(bound, limit + Math.max(1, share * limit));
    }

    private void decrease(OrdersInFlight.Step flow, long nanoTime) {
        if (!decreased || nanoTime - decreasedAt >= targetNanos) {
            var inTime = Math.max(LARGEST_DECREASE * limit, flow.waiting() - flow.late());
            limit = Math.clamp(inTime, least, limit);
            decreasedAt = nanoTime;
            decreased = true;
        }
    }
}
