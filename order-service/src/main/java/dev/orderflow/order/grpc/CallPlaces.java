package dev.orderflow.order.grpc;

import dev.orderflow.order.grpc.GrpcProperties.Calls;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * The places of open calls, and among them those of streams. A call whose client keeps the service waiting gives its place
 * to a new one when there is no other. Thread-safe.
 */
final class CallPlaces {

    /** One for the health of the service and one for its description. */
    private static final int STREAMS_PER_CONNECTION = 2;

    /** Time within which an ordinary client sends a request and receives an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final GrpcConnections connections;
    private final Semaphore places;
    private final Semaphore streams;
    private final Map<SocketAddress, Integer> streamsOfClients = new ConcurrentHashMap<>();

    CallPlaces(Calls limits, GrpcConnections connections) {
        this.connections = connections;
        this.places = new Semaphore(limits.max());
        this.streams = new Semaphore(limits.streams());
    }

    /**
     * Takes a place for a call, until {@link #leave}.
     *
     * @param others calls that have places
     * @return false if there is none
     */
    boolean take(OpenCall call, Collection<OpenCall> others) {
        if (call.isStream() && !takeStream(call.client())) {
            return false;
        }
        if (places.tryAcquire() || takeOver(others)) {
            return true;
        }
        if (call.isStream()) {
            leaveStream(call.client());
        }
        return false;
    }

    /** Ends what {@link #take} began. Call it exactly once. */
    void leave(OpenCall call) {
        if (call.isStream()) {
            leaveStream(call.client());
        }
        if (call.givesPlace()) {
            places.release();
        }
    }

    /** Takes the place of the call that has waited for its client for longest, and closes the client's connection. */
    private boolean takeOver(Collection<OpenCall> others) {
        var slowest = others.stream()
                .filter(call -> call.waitsForClient(PATIENCE))
                .max(Comparator.comparingLong(OpenCall::waited))
                .filter(OpenCall::givesPlace);
        slowest.ifPresent(call -> connections.close(call.client(), "too many calls"));
        return slowest.isPresent();
    }

    private boolean takeStream(SocketAddress client) {
        if (!streams.tryAcquire()) {
            return false;
        }
        if (streamsOfClients.merge(client, 1, Integer::sum) > STREAMS_PER_CONNECTION) {
            leaveStream(client);
            return false;
        }
        return true;
    }

    private void leaveStream(SocketAddress client) {
        streamsOfClients.computeIfPresent(client, (address, number) -> number == 1 ? null : number - 1);
        streams.release();
    }
}
