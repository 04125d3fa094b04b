package dev.orderflow.eventing.outbox;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The rows that became visible between two positions, page by page and by id. First come those of transactions that were
 * running at the earlier position, up to its last id, and then all with a higher id. While one page is sent the next one is
 * read, by a thread of its own; a difference of one page needs none. Not thread-safe.
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

    /** Some rows, or none. */
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

    /** Returns when nothing is being read any more. */
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
