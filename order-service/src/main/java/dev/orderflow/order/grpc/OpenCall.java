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
    private final AtomicReference<State> state = new AtomicReference<>(State.now(Phase.RECEIVING));
    private volatile long heldBytes;

    OpenCall(ServerCall<?, ?> call) {
        this.call = call;
        var remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        this.client = remote == null ? LOCAL : remote;
    }

    SocketAddress client() {
        return client;
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

    /** Ends a call whose request is incomplete; returns false for any other, and does nothing to it. */
    boolean refuse(StatusRuntimeException refusal) {
        if (!turns(Phase.RECEIVING, Phase.ANSWERING)) {
            return false;
        }
        call.close(refusal.getStatus(), Objects.requireNonNullElseGet(refusal.getTrailers(), Metadata::new));
        return true;
    }

    /** Returns whether the service may end the call; not if it was refused. */
    boolean answers() {
        return turns(Phase.RECEIVING, Phase.ANSWERING) || turns(Phase.WORKING, Phase.ANSWERING);
    }

    private boolean turns(Phase from, Phase to) {
        var before = state.get();
        return before.phase() == from && state.compareAndSet(before, State.now(to));
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
