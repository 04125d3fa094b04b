package dev.orderflow.order.grpc;

import dev.orderflow.edge.security.AccessControl;
import dev.orderflow.edge.security.Caller;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import java.util.Set;

/**
 * Identifies the caller of each method by the metadata {@code authorization}, as the HTTP edge does. Its refusals are
 * exceptions that {@link FailureInterceptor} answers.
 */
final class AccessInterceptor implements ServerInterceptor {

    /** Probes, and the description of the interface, which are the same for everybody. */
    private static final Set<String> PUBLIC = Set.of(HealthGrpc.SERVICE_NAME, ServerReflectionGrpc.SERVICE_NAME);

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final AccessControl access;

    AccessInterceptor(AccessControl access) {
        this.access = access;
    }

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
        var method = call.getMethodDescriptor();
        if (PUBLIC.contains(String.valueOf(method.getServiceName()))) {
            return next.startCall(call, metadata);
        }
        var caller = access.admit(CallContext.values(metadata, AUTHORIZATION), method.getFullMethodName());
        var context = CallContext.current().of(caller).within(Context.current());
        return new Identified<>(Contexts.interceptCall(context, call, metadata, next), caller);
    }

    /** Carries out a call whose request is complete for its caller. */
    private static final class Identified<Q> extends SimpleForwardingServerCallListener<Q> {

        private final Caller caller;

        private Identified(Listener<Q> listener, Caller caller) {
            super(listener);
            this.caller = caller;
        }

        @Override
        public void onHalfClose() {
            try (var _ = caller.open()) {
                super.onHalfClose();
            }
        }
    }
}
