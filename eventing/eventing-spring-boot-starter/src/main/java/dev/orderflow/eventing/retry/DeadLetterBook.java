package dev.orderflow.eventing.retry;

import dev.orderflow.eventing.retry.DeadLetterBook.Attempt;
import dev.orderflow.eventing.retry.KeyQueues.Failure;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Receives the events that died or recovered. Each method is called within the transaction in which this happens. */
public interface DeadLetterBook {

    /** Records events that died. Some of them may have died before. */
    void died(Collection<DeadEvent> events);

    /** Records that failed events have taken effect. Some of them may have been dead. */
    void tookEffect(Collection<UUID> eventIds);

    /**
     * A failed attempt to handle an event.
     *
     * @param level     0 for the first attempt, n for an attempt from the retry topic n
     * @param exception class name
     * @param message   at most {@value #LONGEST_MESSAGE} characters
     * @param guard     names of the guards of the call that failed, separated by commas; null if no guarded call failed
     */
    record Attempt(
            Instant at,
            int level,
            String exception,
            @Nullable String message,
            @Nullable String guard) {

        public static final int LONGEST_MESSAGE = 1_000;

        static Attempt failed(Instant at, int level, Failure failure) {
            var cause = failure.cause();
            return new Attempt(at, level, cause.getClass().getName(), bounded(cause.getMessage()), failure.guard());
        }

        private static @Nullable String bounded(@Nullable String message) {
            if (message == null) {
                return null;
            }
            var text = message.replace('\0', '\uFFFD');
            return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE);
        }
    }

    /**
     * An event that is not retried unless an operator requests it.
     *
     * @param handler  as in {@code StockEventHandlers.reserve}; null if the record could not be decoded far enough to determine
     *                 it
     * @param holdsKey whether later events of its key wait for it
     * @param cause    the exception of the last attempt
     * @param attempts all failed attempts including the last one, the oldest first
     */
    record DeadEvent(
            SourceRecord source, @Nullable String handler, boolean holdsKey, Throwable cause, List<Attempt> attempts) {}
}
