package dev.orderflow.order.grpc;

import dev.orderflow.edge.context.RequestContext;
import dev.orderflow.edge.security.Caller;
import dev.orderflow.eventing.EventContext;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A call as its service sees it, beside the message. gRPC hands it on to the threads on which the call's methods run.
 *
 * @param client          the client's address
 * @param idempotencyKeys values of the metadata {@code idempotency-key}
 * @param caller          the caller; null before it is identified, and for public services
 * @param request         context of the request
 * @param arrived         time of the call's arrival
 * @param arrivedNanos    the same time by {@link System#nanoTime}
 */
public record CallContext(
        String client,
        List<String> idempotencyKeys,
        @Nullable Caller caller,
        RequestContext request,
        Instant arrived,
        long arrivedNanos) {

    private static final Context.Key<CallContext> KEY = Context.key("call");
    private static final Metadata.Key<String> IDEMPOTENCY_KEY =
            Metadata.Key.of("idempotency-key", Metadata.ASCII_STRING_MARSHALLER);

    static CallContext of(ServerCall<?, ?> call, Metadata metadata, RequestContext request, Instant arrived) {
        return new CallContext(
                clientOf(call), values(metadata, IDEMPOTENCY_KEY), null, request, arrived, System.nanoTime());
    }

    /** Returns the call that this thread carries out. */
    public static CallContext current() {
        var current = KEY.get();
        if (current == null) {
            throw new IllegalStateException("this thread carries out no call");
        }
        return current;
    }

    /** Gives the context of the request to this thread until the scope is closed. Its time counts from the call's arrival. */
    public EventContext.Scope open() {
        var context = request.open(arrived, arrivedNanos);
        if (caller == null) {
            return context;
        }
        var identified = caller.open();
        return () -> {
            identified.close();
            context.close();
        };
    }

    CallContext of(Caller who) {
        return new CallContext(client, idempotencyKeys, who, request, arrived, arrivedNanos);
    }

    Context within(Context context) {
        return context.withValue(KEY, this);
    }

    static List<String> values(Metadata metadata, Metadata.Key<String> key) {
        var values = metadata.getAll(key);
        return values == null
                ? List.of()
                : StreamSupport.stream(values.spliterator(), false).toList();
    }

    /** Returns the client's address; clients in the same process, as tests have, share a name. */
    private static String clientOf(ServerCall<?, ?> call) {
        return addressOf(call) instanceof InetSocketAddress address && address.getAddress() != null
                ? address.getAddress().getHostAddress()
                : "local";
    }

    private static @Nullable Object addressOf(ServerCall<?, ?> call) {
        return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    }
}
