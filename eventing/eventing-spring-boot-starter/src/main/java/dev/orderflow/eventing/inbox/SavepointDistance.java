package dev.orderflow.eventing.inbox;

/**
 * How many events share a savepoint: many while none fails, for a savepoint costs about as much as handling an event or two, and
 * few while some do, for those before a failed one are handled again. With a share q of failing events, and a savepoint
 * as dear as c events, a distance of k costs c / k + q k / 2 per event, which is least at k = √(2c / q). Not thread-safe.
 */
class SavepointDistance {

    /** What of the past still counts, in events. */
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

    /** One event failed. */
    void failed() {
        failing += 1 / MEMORY;
    }
}
