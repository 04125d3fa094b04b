package dev.orderflow.order.grpc;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.orderflow.edge.context.RequestContext;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.context.i18n.LocaleContextHolder;

/**
 * Reads the context of each call from its metadata and returns it with every answer, as the filter of the HTTP edge does.
 * While the call is carried out, its events, its log lines and its waits have this context.
 */
final class ContextInterceptor implements ServerInterceptor {

    /** Longest time of a request over HTTP. Clients that know no limit send deadlines of years. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private final Clock clock;
    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    /** Keys by the names of a fixed set of headers. */
    private final Map<String, Metadata.Key<String>> keys = new ConcurrentHashMap<>();

    ContextInterceptor(Clock clock) {
        this.clock = clock;
    }

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
        var request = waitingInTime(RequestContext.of(
                name -> CallContext.values(metadata, key(name)),
                () -> ids.generate().toString()));
        var returning = new ReturningCall<>(call, metadata(request.answerHeaders()));
        if (!request.violations().isEmpty()) {
            var refusal = CallFailures.invalid("invalid_header", "Metadata is not valid.", request.violations());
            returning.close(refusal.getStatus(), Objects.requireNonNull(refusal.getTrailers()));
            return new Listener<>() {};
        }
        var arrived = CallContext.of(call, metadata, request, clock.instant());
        var context = arrived.within(Context.current());
        // The call's span begins here, and has the trace id of the context if the client sends none.
        try (var _ = arrived.open()) {
            return new InContext<>(Contexts.interceptCall(context, returning, metadata, next), arrived);
        }
    }

    /** Lets waits end at the call's deadline, which is that of the answer, not of the order. */
    private static RequestContext waitingInTime(RequestContext request) {
        var deadline = Context.current().getDeadline();
        if (deadline == null) {
            return request;
        }
        var left = Duration.ofNanos(Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS)));
        return left.compareTo(LONGEST) > 0 ? request : request.waitingAtMost(left);
    }

    private Metadata.Key<String> key(String header) {
        return keys.computeIfAbsent(
                header, name -> Metadata.Key.of(name.toLowerCase(Locale.ROOT), Metadata.ASCII_STRING_MARSHALLER));
    }

    private Metadata metadata(Map<String, String> headers) {
        var metadata = new Metadata();
        headers.forEach((name, value) -> metadata.put(key(name), value));
        return metadata;
    }

    /** Returns the context's headers with the answer: before its first message, or with its status if it has none. */
    private static final class ReturningCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private final Metadata context;
        private boolean begun;

        private ReturningCall(ServerCall<Q, A> call, Metadata context) {
            super(call);
            this.context = context;
        }

        @Override
        public void sendHeaders(Metadata headers) {
            begun = true;
            headers.merge(context);
            super.sendHeaders(headers);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (!begun) {
                trailers.merge(context);
            }
            super.close(status, trailers);
        }
    }

    /** Carries out a call whose request is complete in its context. */
    private static final class InContext<Q> extends SimpleForwardingServerCallListener<Q> {

        private final CallContext call;

        private InContext(Listener<Q> listener, CallContext call) {
            super(listener);
            this.call = call;
        }

        @Override
        public void onHalfClose() {
            // Messages of violated constraints are in English, like those over HTTP.
            LocaleContextHolder.setLocale(Locale.ENGLISH);
            try (var _ = call.open()) {
                super.onHalfClose();
            } finally {
                LocaleContextHolder.resetLocaleContext();
            }
        }
    }
}
