package dev.orderflow.eventing.outbox.relay;

import java.util.List;

/**
 * Number of rows to read at once: as many as fit into a few megabytes, estimated from the rows that were read last. Not
 * thread-safe.
 */
final class PageSize {

    /** Small, because the size of the rows is not known yet: each may be as large as the largest record. */
    private static final int FIRST = 10;

    private static final int WANTED_BYTES = 4 << 20;

    private final int most;
    private int rows;

    PageSize(int most) {
        this.most = most;
        this.rows = Math.min(FIRST, most);
    }

    int rows() {
        return rows;
    }

    /** Adapts the size: grows fast, as a small page costs little, and shrinks immediately, as a large one costs memory. */
    void read(List<OutboxRow> page) {
        if (page.isEmpty()) {
            return;
        }
        var bytes = page.stream().mapToLong(OutboxRow::bytes).sum();
        var fitting = (int) Math.max(1, WANTED_BYTES * (long) page.size() / Math.max(1, bytes));
        rows = Math.min(most, Math.min(4 * rows, fitting));
    }
}
