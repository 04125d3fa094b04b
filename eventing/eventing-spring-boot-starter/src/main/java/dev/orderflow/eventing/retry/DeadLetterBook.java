package dev.orderflow.eventing.retry;

import dev.orderflow.eventing.retry.DeadLetterBook.Attempt;
import dev.orderflow.eventing.retry.KeyQueues.Failure;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is told of events that died. Called within the transaction in which it happens. */
public interface DeadLetterBook {

    /** Events died, some of them perhaps not for the first time. */
    void died(Collection<DeadEvent> events);

    /** Events that had failed have had their effect now; some of them may have been dead before. */
    void tookEffect(Collection<UUID> eventIds);

    /**
     * An attempt to handle an event that failed.
     *
     * @param level     0 for the first attempt, n for one from the retry topic n
     * @param exception class name
     * @param message   at most {@value #LONGEST_MESSAGE} characters
     * @param guard     the guard of the call that failed; null if no guarded call did
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
     * An event that will not be tried again unless somebody wants it to.
     *
     * @param handler  as in {@code StockEventHandlers.reserve}; null when the record could not be read so far
     * @param holdsKey whether later events of its key wait for it
     * @param cause    why the last attempt failed
     * @param attempts all of them, the oldest first, the last included
     */
    record DeadEvent(
            SourceRecord source, @Nullable String handler, boolean holdsKey, Throwable cause, List<Attempt> attempts) {}
}
