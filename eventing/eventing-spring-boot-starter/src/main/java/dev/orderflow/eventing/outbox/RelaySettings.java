package dev.orderflow.eventing.outbox;

import java.time.Duration;

/**
 * Settings of the relay.
 *
 * @param pageSize      maximum number of events read at once; fewer when they are large
 * @param lease         time after which other instances take over the buckets of one that died
 * @param shortestPoll  pause after sending; doubles up to {@code longestPoll} while there are no events
 * @param shortestRetry pause after a failure; doubles up to {@code longestRetry} with each further failure
 */
record RelaySettings(
        int pageSize,
        Duration lease,
        Duration shortestPoll,
        Duration longestPoll,
        Duration shortestRetry,
        Duration longestRetry) {}
