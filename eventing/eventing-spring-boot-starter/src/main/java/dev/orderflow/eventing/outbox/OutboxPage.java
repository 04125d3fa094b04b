package dev.orderflow.eventing.outbox;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are read at once, and never much more than {@link #LARGEST} bytes of them, however large the next rows turn out to be.
 * <p>
 * The database tells each row's size, and gives the content of those only of which as many as asked for would fit. The others are
 * fetched by a second query, as far as the page then has room; it ends before the first that does not fit. Its first row always
 * fits. Not thread-safe.
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

    /** @param limit how many rows are asked for */
    OutboxPage(int limit) {
        this.limit = limit;
        this.rows = new ArrayList<>(Math.min(limit, 1_000));
    }

    /** Rows of more bytes come without their content. */
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

    /** By id. */
    List<OutboxRow> rows() {
        if (completed < missing.size()) {
            throw new IllegalStateException("rows of the outbox are gone before they were sent: " + missing);
        }
        return rows;
    }

    /** Whether there may be more rows behind these. */
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
