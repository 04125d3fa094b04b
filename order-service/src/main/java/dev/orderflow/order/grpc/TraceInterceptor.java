package dev.orderflow.order.grpc;

import dev.orderflow.eventing.tracing.RequestSpans;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Makes the span of a call the cause of the events that it publishes, as the filter of the HTTP edge does. */
final class TraceInterceptor implements ServerInterceptor {

    private final RequestSpans spans;

    TraceInterceptor(RequestSpans spans) {
        this.spans = spans;
    }

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
        return new SimpleForwardingServerCallListener<>(next.startCall(call, metadata)) {

            @Override
            public void onHalfClose() {
                try (var _ = spans.open()) {
                    super.onHalfClose();
                }
            }
        };
    }
}
