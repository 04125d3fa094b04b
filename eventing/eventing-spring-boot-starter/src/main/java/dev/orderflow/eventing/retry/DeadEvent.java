package dev.orderflow.eventing.retry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that will not be tried again unless somebody wants it to.
 *
 * @param handler  as in {@code StockEventHandlers.reserve}; null when the record could not be read so far
 * @param holdsKey whether later events of its key wait for it
 * @param cause    why the last attempt failed
 * @param attempts all of them, the oldest first, the last included
 */
public record DeadEvent(
        SourceRecord source, @Nullable String handler, boolean holdsKey, Throwable cause, List<Attempt> attempts) {}
