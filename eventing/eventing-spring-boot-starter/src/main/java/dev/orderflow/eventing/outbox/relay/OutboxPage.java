package dev.orderflow.eventing.outbox.relay;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of rows, limited to about {@link #LARGEST} bytes regardless of the size of the next rows.
 * <p>
 * The first query returns the size of each row, and the content of rows that are small enough for a full page to fit. A second
 * query fetches the content of the other rows as far as the page has room. The page ends before the first row that does not fit.
 * Its first row always fits. Not thread-safe.
 */
final class OutboxPage {

    private static final int LARGEST = 8 << 20;

    private final int limit;
    private final List<@Nullable OutboxRow> rows;
    private final List<Long> missing = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private int completed;
    private long bytes;
    private int found;
    private boolean full;

    /** @param limit maximum number of rows */
    OutboxPage(int limit) {
        this.limit = limit;
        this.rows = new ArrayList<>(Math.min(limit, 1_000));
    }

    /** Largest row whose content the first query returns, in bytes. */
    int largestRow() {
        return LARGEST / limit;
    }

    void add(OutboxRow row) {
        if (hasRoomFor(row.bytes())) {
            rows.add(row);
        }
    }

    void addWithoutContent(long id, int bytes) {
        if (hasRoomFor(OutboxRow.OVERHEAD + bytes)) {
            missing.add(id);
            places.add(rows.size());
            rows.add(null);
        }
    }

    boolean lacksContent() {
        return !missing.isEmpty();
    }

    /** The ids of rows that were added without their content. */
    List<Long> missing() {
        return missing;
    }

    void complete(OutboxRow row) {
        rows.set(places.get(missing.indexOf(row.id())), row);
        completed++;
    }

    /** The rows, ordered by id. */
    List<OutboxRow> rows() {
        if (completed < missing.size()) {
            throw new IllegalStateException("rows of the outbox are gone before they were sent: " + missing);
        }
        return rows;
    }

    /** Returns whether more rows may follow these. */
    boolean isFull() {
        return full || found == limit;
    }

    private boolean hasRoomFor(int more) {
        found++;
        full |= !rows.isEmpty() && bytes + more > LARGEST;
        bytes += more;
        return !full;
    }
}
