package dev.orderflow.eventing.outbox;

import java.time.Duration;

/**
 * How the relay works.
 *
 * @param pageSize      events read at once, at most; fewer when they are large
 * @param lease         how long the share of an instance that died stays untouched
 * @param shortestPoll  pause after sending; doubles up to {@code longestPoll} while nothing comes
 * @param shortestRetry pause after a failure; doubles up to {@code longestRetry} while it lasts
 */
record RelaySettings(
        int pageSize,
        Duration lease,
        Duration shortestPoll,
        Duration longestPoll,
        Duration shortestRetry,
        Duration longestRetry) {}
