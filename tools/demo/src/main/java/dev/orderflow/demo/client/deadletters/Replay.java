package dev.orderflow.demo.client.deadletters;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Replay at a service.
 *
 * @param deadAgain number of letters that failed once more
 */
record Replay(
        String id,
        @Nullable String requestedBy,
        Instant requestedAt,
        String state,
        int total,
        int queued,
        int replaying,
        int replayed,
        int deadAgain,
        int discarded,
        @Nullable Integer ratePerSecond,
        @Nullable Instant finishedAt) {

    /** {@return whether nothing of it is still in progress} */
    boolean isOver() {
        return state.equals("DONE") && queued == 0 && replaying == 0;
    }

    String progress() {
        return String.format(
                Locale.ROOT,
                "%s: %d queued, %d replaying, %d replayed, %d dead again%s",
                Counted.letters(total),
                queued,
                replaying,
                replayed,
                deadAgain,
                discarded == 0 ? "" : String.format(Locale.ROOT, ", %d discarded", discarded));
    }
}
