package dev.orderflow.order.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Objects;

/**
 * Ends each call whose service throws an exception with the status that {@link CallFailures} gives it. Without it, gRPC
 * answers {@code UNKNOWN} and logs a stack trace for each malformed message.
 */
final class FailureInterceptor implements ServerInterceptor {

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
        var failing = new FailingCall<>(call);
        try {
            return new Guarded<>(next.startCall(failing, metadata), failing);
        } catch (RuntimeException e) {
            failing.fail(e);
            return new Listener<>() {};
        }
    }

    /** A call that an exception ends, unless it has ended. */
    private static final class FailingCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private boolean closed;

        private FailingCall(ServerCall<Q, A> call) {
            super(call);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            closed = true;
            super.close(status, trailers);
        }

        private void fail(RuntimeException failure) {
            var status = CallFailures.of(failure, getMethodDescriptor().getFullMethodName());
            if (!closed && !isCancelled()) {
                close(status.getStatus(), Objects.requireNonNullElseGet(status.getTrailers(), Metadata::new));
            }
        }
    }

    /** Ends the call when a step of it throws an exception; the steps that follow are skipped. */
    private static final class Guarded<Q> extends SimpleForwardingServerCallListener<Q> {

        private final FailingCall<Q, ?> call;
        private boolean failed;

        private Guarded(Listener<Q> listener, FailingCall<Q, ?> call) {
            super(listener);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            run(() -> super.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            run(super::onHalfClose);
        }

        @Override
        public void onReady() {
            run(super::onReady);
        }

        @Override
        public void onCancel() {
            run(super::onCancel);
        }

        @Override
        public void onComplete() {
            run(super::onComplete);
        }

        private void run(Runnable step) {
            if (failed) {
                return;
            }
            try {
                step.run();
            } catch (RuntimeException e) {
                failed = true;
                call.fail(e);
            }
        }
    }
}
