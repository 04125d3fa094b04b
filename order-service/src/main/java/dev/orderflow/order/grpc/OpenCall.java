package dev.orderflow.order.grpc;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.StatusRuntimeException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A call between its metadata and the receipt of its answer. Thread-safe. */
final class OpenCall {

    /** Party that the call waits for; in this order, and each at most once. */
    private enum Phase {
        /** The client, to send the rest of its request. */
        RECEIVING,
        /** The service. */
        WORKING,
        /** The client, to receive the answer. */
        ANSWERING
    }

    /** @param since time of the phase's beginning, by {@link System#nanoTime} */
    private record State(Phase phase, long since) {

        private static State now(Phase phase) {
            return new State(phase, System.nanoTime());
        }

        private boolean is(Phase wanted, Duration longerThan) {
            return phase == wanted && System.nanoTime() - since > longerThan.toNanos();
        }
    }

    /** Stands for the client in tests, which are in the same process. */
    private static final SocketAddress LOCAL = InetSocketAddress.createUnresolved("local", 0);

    private final ServerCall<?, ?> call;
    private final SocketAddress client;
    private final boolean stream;
    private final AtomicBoolean placeGiven = new AtomicBoolean();
    private final AtomicReference<State> state = new AtomicReference<>(State.now(Phase.RECEIVING));
    private volatile long heldBytes;

    /** @param orders name of the service whose streams are bounded elsewhere */
    OpenCall(ServerCall<?, ?> call, String orders) {
        this.call = call;
        this.stream = !isUnary() && !orders.equals(service());
        var remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        this.client = remote == null ? LOCAL : remote;
    }

    SocketAddress client() {
        return client;
    }

    /** Returns whether the call lasts as long as the client likes. */
    boolean isStream() {
        return stream;
    }

    boolean isUnary() {
        return call.getMethodDescriptor().getType() == MethodType.UNARY;
    }

    /** Returns whether the request is complete only at its end, and has one message. */
    boolean sendsOneMessage() {
        return call.getMethodDescriptor().getType().clientSendsOneMessage();
    }

    /** Returns whether the service may carry out the call now that the request is complete. */
    boolean received() {
        return turns(Phase.RECEIVING, Phase.WORKING);
    }

    /** Ends a call after {@link #answersEarly}. */
    void end(StatusRuntimeException failure) {
        call.close(failure.getStatus(), Objects.requireNonNullElseGet(failure.getTrailers(), Metadata::new));
    }

    /** Returns whether the call may be ended before its request is complete; not if it has been already. */
    boolean answersEarly() {
        return turns(Phase.RECEIVING, Phase.ANSWERING);
    }

    /** Returns whether the service worked on the call until now. */
    boolean stopsWorking() {
        return turns(Phase.WORKING, Phase.ANSWERING);
    }

    /** Returns whether the call had its place until now. */
    boolean givesPlace() {
        return placeGiven.compareAndSet(false, true);
    }

    private boolean turns(Phase from, Phase to) {
        var before = state.get();
        return before.phase() == from && state.compareAndSet(before, State.now(to));
    }

    boolean waitsForClient(Duration longerThan) {
        return isReceivingFor(longerThan) || isAnsweringFor(longerThan);
    }

    /** Returns the time since the phase began, in nanoseconds. */
    long waited() {
        return System.nanoTime() - state.get().since();
    }

    boolean isReceivingFor(Duration time) {
        return state.get().is(Phase.RECEIVING, time);
    }

    boolean isAnsweringFor(Duration time) {
        return state.get().is(Phase.ANSWERING, time);
    }

    /** Counts bytes of the answer, which are held until the call ends. */
    void holds(long bytes) {
        heldBytes += bytes;
    }

    long heldBytes() {
        return heldBytes;
    }

    @Nullable
    String service() {
        return call.getMethodDescriptor().getServiceName();
    }
}
