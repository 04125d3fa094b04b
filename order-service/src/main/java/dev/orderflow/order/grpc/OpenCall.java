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

    /** Party that the call waits for. */
    private enum State {
        /** The client, to send the rest of its request. */
        RECEIVING,
        /** The service. */
        WORKING,
        /** The client, to receive the answer. */
        ANSWERING,
        /** Refused while it was receiving. */
        REFUSED
    }

    /** Stands for the client in tests, which are in the same process. */
    private static final SocketAddress LOCAL = InetSocketAddress.createUnresolved("local", 0);

    private final ServerCall<?, ?> call;
    private final SocketAddress client;
    private final AtomicReference<State> state = new AtomicReference<>(State.RECEIVING);
    private volatile long since = System.nanoTime();
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
        return state.compareAndSet(State.RECEIVING, State.WORKING);
    }

    /** Ends a call whose request is incomplete; does nothing to any other. */
    void refuse(StatusRuntimeException refusal) {
        if (state.compareAndSet(State.RECEIVING, State.REFUSED)) {
            call.close(refusal.getStatus(), Objects.requireNonNullElseGet(refusal.getTrailers(), Metadata::new));
        }
    }

    void answers() {
        since = System.nanoTime();
        state.compareAndSet(State.WORKING, State.ANSWERING);
    }

    boolean isReceivingFor(Duration time) {
        return state.get() == State.RECEIVING && System.nanoTime() - since > time.toNanos();
    }

    boolean isAnsweringFor(Duration time) {
        return state.get() == State.ANSWERING && System.nanoTime() - since > time.toNanos();
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
