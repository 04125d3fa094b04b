package dev.orderflow.eventing.inbox;

/**
 * Number of events that share a transaction. A failing handler rolls back all events of its transaction, and they are handled
 * again. The size therefore halves after a failure and doubles after a success. It settles where half of the transactions
 * succeed. Not thread-safe.
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

    /** Reports that one of {@code events} is known to have failed. */
    void failed(int events) {
        size = Math.max(Math.min(SMALLEST, largest), Math.min(size, events) / 2);
    }

    /** Reports that a transaction failed because of an unknown event. The next transactions have one event each. */
    void findOut() {
        size = 1;
    }
}
