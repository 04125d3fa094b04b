package dev.orderflow.eventing.inbox;

/**
 * Number of events between two savepoints. It is large while no event fails, because a savepoint costs about as much as handling
 * one or two events. It is small while some fail, because the events between the savepoint and a failed one are handled again.
 * With a share q of failing events and a savepoint that costs as much as c events, a distance of k costs c / k + q k / 2 per
 * event. The minimum is at k = √(2c / q). Not thread-safe.
 */
class SavepointDistance {

    /** Number of past events that the average covers. */
    private static final double MEMORY = 1_000;

    private static final double SAVEPOINT_COST = 1.5;
    private static final double LARGEST = 1 << 20;

    private double failing;

    int size() {
        return (int) Math.min(LARGEST, Math.ceil(Math.sqrt(2 * SAVEPOINT_COST / failing)));
    }

    /** @param events that were handled since the last savepoint without a failure */
    void succeeded(int events) {
        failing *= Math.pow(1 - 1 / MEMORY, events);
    }

    /** Reports that one event failed. */
    void failed() {
        failing += 1 / MEMORY;
    }
}
