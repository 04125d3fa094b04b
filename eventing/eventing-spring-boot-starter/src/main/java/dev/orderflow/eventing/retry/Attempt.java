package dev.orderflow.eventing.retry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to handle an event that failed.
 *
 * @param level     0 for the first attempt, n for one from the retry topic n
 * @param exception class name
 * @param message   at most {@value #LONGEST_MESSAGE} characters
 * @param guard     the guard of the call that failed; null if no guarded call did
 */
public record Attempt(
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
