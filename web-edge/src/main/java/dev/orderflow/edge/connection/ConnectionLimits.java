package dev.orderflow.edge.connection;

import java.time.Duration;

/**
 * Bounds of connections that wait for their client, and of the memory of all connections.
 *
 * @param pending    connections in the middle of a request or a response
 * @param heldBytes  bytes of bodies and responses of all connections
 * @param headerTime longest time for a client to send a request's headers
 * @param bodyTime   longest time for a client to send a body
 * @param answerTime longest time for a client to receive a response
 */
public record ConnectionLimits(
        int pending, long heldBytes, Duration headerTime, Duration bodyTime, Duration answerTime) {

    /** Bounds until {@link GuardedHttp11Protocol#setLimits} is called. */
    public static final ConnectionLimits DEFAULTS =
            new ConnectionLimits(256, 16 << 20, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(30));
}
