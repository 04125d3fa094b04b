package dev.orderflow.edge.connection;

import java.time.Duration;

/**
 * Bounds of connections that wait for their client, and of what all keep in memory.
 *
 * @param pending    how many may be in the middle of a request or an answer
 * @param heldBytes  of bodies and answers of all connections
 * @param headerTime how long a client may take to send a request's headers
 * @param bodyTime   how long a client may take to send a body
 * @param answerTime how long a client may take to receive an answer
 */
public record ConnectionLimits(
        int pending, long heldBytes, Duration headerTime, Duration bodyTime, Duration answerTime) {

    public static final ConnectionLimits DEFAULTS =
            new ConnectionLimits(256, 16 << 20, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(30));
}
