package dev.orderflow.eventing.inbox;

/**
 * How many events share a transaction. A handler that fails rolls back all that share its transaction, and they are handled
 * again; the more often handlers fail, the fewer should share one. Halves after a failure and doubles after a success, which
 * settles where half of the transactions succeed. Not thread-safe.
 */
class ChunkSize {

    private static final int SMALLEST = 16;

    private final int largest;
    private int size;

    /** @param largest at least 1 */
    ChunkSize(int largest) {
        this.largest = largest;
        this.size = largest;
    }

    int size() {
        return size;
    }

    void succeeded(int events) {
        if (events >= size) {
            size = Math.min(largest, size * 2);
        }
    }

    /** Of {@code events}, one is known to have failed. */
    void failed(int events) {
        size = Math.max(Math.min(SMALLEST, largest), Math.min(size, events) / 2);
    }

    /** A transaction failed, and it isn't known because of which event. */
    void findOut() {
        size = 1;
    }
}
