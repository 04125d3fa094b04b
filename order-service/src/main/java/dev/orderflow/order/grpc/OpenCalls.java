package dev.orderflow.order.grpc;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.eventing.PeriodicTask;
import dev.orderflow.order.grpc.GrpcProperties.Calls;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds what clients occupy by their calls, in number, bytes and time: calls as such, calls whose request is incomplete,
 * and answers that are not received. A call that the service works on is bounded where it works, by its turn.
 * <p>
 * A slow client never keeps others out. Among too many incomplete requests the oldest is refused, since a request usually
 * arrives at once; among too many calls, the one that has waited for its client for longest loses its connection; among too
 * many bytes of answers, the connection with most of them is closed.
 */
final class OpenCalls implements ServerInterceptor, PeriodicTask {

    private static final Logger log = LoggerFactory.getLogger(OpenCalls.class);

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final String TOO_MANY = "Too many calls are open at the moment. Nothing was done for this one.";

    private final Calls limits;
    private final GrpcConnections connections;
    private final String orders;
    private final Runnable refused;
    private final CallPlaces places;
    private final Set<OpenCall> open = ConcurrentHashMap.newKeySet();

    /** Incomplete requests, oldest first; its own lock. */
    private final LinkedHashSet<OpenCall> receiving = new LinkedHashSet<>();

    /**
     * @param orders  name of the service whose streams are bounded elsewhere
     * @param refused called for each refused call
     */
    OpenCalls(Calls limits, GrpcConnections connections, String orders, Runnable refused) {
        this.limits = limits;
        this.connections = connections;
        this.orders = orders;
        this.refused = refused;
        this.places = new CallPlaces(limits, connections);
    }

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
        var opened = new OpenCall(call, orders);
        if (!places.take(opened, open)) {
            return refuse(opened);
        }
        try {
            begin(opened);
            return new Tracked<>(next.startCall(new Answering<>(call, opened), metadata), opened);
        } catch (RuntimeException | Error e) {
            ended(opened);
            throw e;
        }
    }

    @Override
    public String name() {
        return "grpc-calls";
    }

    @Override
    public Duration period() {
        return PERIOD;
    }

    /** Ends the calls whose client is too slow. */
    @Override
    public void run() {
        for (var call : open) {
            if (call.isReceivingFor(limits.receiveTime())) {
                end(call, Refusal.unavailable("deadline_passed", "The request was not received in time."));
            } else if (call.isAnsweringFor(limits.answerTime())) {
                connections.close(call.client(), "answer not received in time");
            }
        }
    }

    int open() {
        return open.size();
    }

    private void begin(OpenCall call) {
        open.add(call);
        OpenCall oldest = null;
        synchronized (receiving) {
            receiving.add(call);
            if (receiving.size() > limits.receiving()) {
                oldest = receiving.removeFirst();
            }
        }
        if (oldest != null) {
            end(oldest, Refusal.overloaded(TOO_MANY));
        }
    }

    private boolean received(OpenCall call) {
        leaveReceiving(call);
        if (!call.received()) {
            return false;
        }
        if (!call.isStream()) {
            connections.callBegins(call.client());
        }
        return true;
    }

    private boolean stopsWorking(OpenCall call) {
        if (!call.stopsWorking()) {
            return false;
        }
        if (!call.isStream()) {
            connections.callEnds(call.client());
        }
        return true;
    }

    private void leaveReceiving(OpenCall call) {
        synchronized (receiving) {
            receiving.remove(call);
        }
    }

    private void ended(OpenCall call) {
        if (!open.remove(call)) {
            return;
        }
        leaveReceiving(call);
        stopsWorking(call);
        connections.release(call.client(), call.heldBytes());
        places.leave(call);
    }

    private <Q> Listener<Q> refuse(OpenCall call) {
        end(call, Refusal.overloaded(TOO_MANY));
        return new Listener<>() {};
    }

    /** Refuses a call unless it is complete. An exception would end the caller, which is about other calls. */
    private void end(OpenCall call, Refusal refusal) {
        leaveReceiving(call);
        try {
            if (call.answersEarly()) {
                refused.run();
                call.end(CallFailures.of(refusal, String.valueOf(call.service())));
            }
        } catch (RuntimeException e) {
            log.warn("call not refused service={}", call.service(), e);
        }
    }

    /** Notes what the service answers. */
    private final class Answering<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private final OpenCall opened;

        private Answering(ServerCall<Q, A> call, OpenCall opened) {
            super(call);
            this.opened = opened;
        }

        /** Counts an answer. Streams send a message only when the client has received those before. */
        @Override
        public void sendMessage(A message) {
            if (opened.isUnary()) {
                var bytes = bytes(message);
                opened.holds(bytes);
                connections.hold(opened.client(), bytes);
            }
            super.sendMessage(message);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            leaveReceiving(opened);
            if (stopsWorking(opened) || opened.answersEarly()) {
                super.close(status, trailers);
            }
        }

        /** Returns the length of a message: {@link GrpcServer} lets services write streams of known length. */
        private static long bytes(Object message) {
            try {
                return message instanceof InputStream stream ? stream.available() : 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Notes what the client sends, and the end of the call. */
    private final class Tracked<Q> extends SimpleForwardingServerCallListener<Q> {

        private final OpenCall opened;
        private final boolean sendsOneMessage;
        private boolean proceeds;

        /** The complete message of an incomplete request, as bytes: parsed, it may be many times as large. */
        private @Nullable Q kept;

        private Tracked(Listener<Q> listener, OpenCall opened) {
            super(listener);
            this.opened = opened;
            this.sendsOneMessage = opened.sendsOneMessage();
        }

        /** Lets only streams of messages begin before the request is complete, which may never have an end. */
        @Override
        public void onMessage(Q message) {
            if (!sendsOneMessage) {
                if (proceeds()) {
                    super.onMessage(message);
                }
            } else if (kept == null) {
                kept = copy(message);
            } else {
                end(opened, Refusal.invalid("malformed_message", "The request has several messages.", List.of()));
            }
        }

        @Override
        public void onHalfClose() {
            var message = kept;
            kept = null;
            if (proceeds()) {
                if (message != null) {
                    super.onMessage(message);
                }
                super.onHalfClose();
            }
        }

        /** Copies a message, whose buffer is taken back at the end of this step. */
        @SuppressWarnings("unchecked") // Messages are streams: GrpcServer lets services read and write bytes.
        private static <M> M copy(M message) {
            try {
                return message instanceof InputStream stream
                        ? (M) new ByteArrayInputStream(stream.readAllBytes())
                        : message;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private boolean proceeds() {
            proceeds = proceeds || received(opened);
            return proceeds;
        }

        @Override
        public void onCancel() {
            kept = null;
            ended(opened);
            super.onCancel();
        }

        @Override
        public void onComplete() {
            kept = null;
            ended(opened);
            super.onComplete();
        }
    }
}
