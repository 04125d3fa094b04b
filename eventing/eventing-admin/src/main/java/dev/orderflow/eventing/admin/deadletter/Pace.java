package dev.orderflow.eventing.admin.deadletter;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The number of letters that a rate allows now. Implements the generic cell rate algorithm (ITU-T I.371), whose only state is the
 * time at which the next letter is due. That time is stored, so the rate is kept when another instance continues the replay.
 * After a break, a replay catches up on at most one second's letters, but on at least one letter.
 *
 * @param ratePerSecond the rate; null if unlimited
 * @param due           the time at which the next letter may be sent
 */
record Pace(@Nullable Double ratePerSecond, Instant due, Instant now) {

    private static final double CATCH_UP_SECONDS = 1;
    private static final double LONGEST_SECONDS = Duration.ofDays(365).toSeconds();

    /** Compensates for floating-point rounding errors. */
    private static final double EPSILON = 1e-6;

    int allowed(int most) {
        if (ratePerSecond == null) {
            return most;
        }
        var late = seconds(caughtUp(ratePerSecond), now);
        return late < 0 ? 0 : (int) Math.min(most, 1 + Math.floor(late * ratePerSecond + EPSILON));
    }

    /** Returns the time at which the next letter may be sent if {@code sent} letters are sent now. */
    Instant dueAfter(int sent) {
        return ratePerSecond == null ? due : caughtUp(ratePerSecond).plus(duration(sent / ratePerSecond));
    }

    private Instant caughtUp(double rate) {
        var earliest = now.minus(duration(Math.max(0, CATCH_UP_SECONDS - 1 / rate)));
        return due.isAfter(earliest) ? due : earliest;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos((long) (Math.min(seconds, LONGEST_SECONDS) * 1e9));
    }
}
