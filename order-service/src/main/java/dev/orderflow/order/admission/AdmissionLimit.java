package dev.orderflow.order.admission;

import java.time.Duration;

/**
 * Bounds the orders in flight, so that an order is PAID about as soon as the target asks.
 * <p>
 * Beyond its capacity a flow completes no more orders; each only waits for longer. On a machine that still compiles its code the flow completes
 * even fewer, since accepting an order takes the processor time that others need. The limit therefore grows while it keeps
 * orders out and few of those in flight are late, and shrinks when many are: additive increase, multiplicative decrease, as in
 * <a href="https://www.rfc-editor.org/rfc/rfc5681">TCP's congestion control</a>. It shrinks to the number that is not late, which is what the
 * flow completes in one target time, but at most by half at once. Then it stays for one target time, in which the orders in flight
 * cannot show its effect yet. Not thread-safe.
 */
final class AdmissionLimit {

    /** Share of orders in flight that may be late before the limit shrinks. Orders that wait for a retry are late, too. */
    private static final double TOLERATED = 0.25;

    /** Share of orders in flight that may be late while the limit grows. */
    private static final double IN_TIME = 0.05;

    /** Share of the limit from which on the flow is crowded. If fewer are late, something else than the crowd delays them. */
    private static final double CROWDED = 0.5;

    private static final double LARGEST_DECREASE = 0.5;
    private static final double INCREASE = 0.05;

    private final int least;
    private final int most;
    private final long targetNanos;
    private volatile double limit;
    private long decreasedAt;
    private boolean decreased;

    /**
     * @param least   bound from below, and where the limit begins if {@code initial} is lower
     * @param initial where it begins
     * @param most    bound from above
     * @param target  time from placing to PAID; an order that takes longer is late
     */
    AdmissionLimit(int least, int initial, int most, Duration target) {
        this.least = least;
        this.most = most;
        this.targetNanos = target.toNanos();
        this.limit = Math.clamp(initial, least, most);
    }

    /** Returns how many orders may be in flight. May be called from any thread. */
    int orders() {
        return (int) limit;
    }

    /**
     * @param flow     what is in flight
     * @param refusing whether the limit has kept orders out since the last look
     * @param nanoTime of the look, monotonic
     */
    void observe(OrdersInFlight.Step flow, boolean refusing, long nanoTime) {
        var crowded = flow.waiting() >= CROWDED * limit;
        if (crowded && flow.late() > TOLERATED * flow.waiting()) {
            decrease(flow, nanoTime);
        } else if (refusing && !(crowded && flow.late() > IN_TIME * flow.waiting())) {
            limit = Math.min(most, limit + Math.max(1, INCREASE * limit));
        }
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
