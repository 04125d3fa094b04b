package dev.orderflow.eventing.loop;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A loop as it looks from outside.
 *
 * @param sinceProgress since a round, or a step of a long one, has begun or ended
 * @param failure       the class of what the last round has failed by, if it has
 */
public record LoopStatus(
        String name,
        State state,
        Duration sinceProgress,
        @Nullable String failure) {

    /** What the thread does. */
    public enum State {
        /** Not started yet, or ended on purpose. */
        STOPPED,
        RESTING,
        WORKING,
        /** Its last round has failed. It is tried again. */
        FAILING,
        /** Failed by an {@link Error} so often that trying again does not seem to help. */
        BROKEN,
        /** It was never told to end, and has ended. */
        DIED
    }

    /** Whether a new process is needed: what is only away, such as a database or a broker, never makes this true. */
    public boolean needsRestart(Duration longestStep) {
        return switch (state) {
            case STOPPED, RESTING -> false;
            case WORKING, FAILING -> sinceProgress.compareTo(longestStep) > 0;
            case BROKEN, DIED -> true;
        };
    }
}
