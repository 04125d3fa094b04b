package dev.orderflow.eventing.outbox;

import java.util.List;

/**
 * The rows that became visible between two positions, page by page and by id. First come those of transactions that were
 * running at the earlier position, up to its last id, and then all with a higher id. Not thread-safe.
 */
final class OutboxPages {

    private final OutboxReader reader;
    private final OutboxReader.Difference difference;
    private long after;
    private boolean late;
    private boolean finished;

    OutboxPages(OutboxReader reader, OutboxReader.Difference difference) {
        this.reader = reader;
        this.difference = difference;
        this.late = difference.from().hasRunning();
        this.after = late ? 0 : difference.from().lastId();
        this.finished = difference.from().equals(difference.to());
    }

    boolean hasNext() {
        return !finished;
    }

    /** At most {@code limit} rows; perhaps none. */
    List<OutboxRow> next(int limit) {
        var page = late ? reader.late(difference, after, limit) : reader.fresh(difference, after, limit);
        if (page.size() == limit) {
            after = page.getLast().id();
        } else if (late) {
            late = false;
            after = difference.from().lastId();
        } else {
            finished = true;
        }
        return page;
    }
}
