package dev.orderflow.eventing.outbox.relay;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The rows that became visible between two positions, in pages ordered by id. Rows of transactions that were running at the
 * earlier position, up to its last id, come first; all rows with a higher id follow. A second thread reads the next page while
 * one is sent, unless the rows fit into one page. Not thread-safe.
 */
final class OutboxPages implements AutoCloseable {

    private static final Executor READ_AHEAD =
            command -> Thread.ofVirtual().name("outbox-read-ahead").start(command);

    private final OutboxReader reader;
    private final OutboxReader.Difference difference;
    private final PageSize size;
    private @Nullable CompletableFuture<OutboxPage> ahead;
    private long after;
    private boolean late;
    private boolean finished;

    OutboxPages(OutboxReader reader, OutboxReader.Difference difference, PageSize size) {
        this.reader = reader;
        this.difference = difference;
        this.size = size;
        this.late = difference.from().hasRunning();
        this.after = late ? 0 : difference.from().lastId();
        this.finished = difference.from().equals(difference.to());
    }

    boolean hasNext() {
        return !finished;
    }

    /** The next rows; may be empty. */
    List<OutboxRow> next() {
        var page = ahead == null ? read() : await(ahead);
        var rows = page.rows();
        size.read(rows);
        if (page.isFull()) {
            after = rows.getLast().id();
            ahead = CompletableFuture.supplyAsync(this::read, READ_AHEAD);
        } else if (late) {
            late = false;
            after = difference.from().lastId();
            ahead = null;
        } else {
            finished = true;
            ahead = null;
        }
        return rows;
    }

    /** Waits until no page is being read. */
    @Override
    public void close() {
        if (ahead != null) {
            ahead.handle((page, failure) -> page).join();
        }
    }

    private OutboxPage read() {
        return late ? reader.late(difference, after, size.rows()) : reader.fresh(difference, after, size.rows());
    }

    private static OutboxPage await(CompletableFuture<OutboxPage> page) {
        try {
            return page.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
