package dev.orderflow.order.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A call of a client that does not send all of its request, or does not receive the answer. */
final class UnfinishedCall {

    private final CompletableFuture<Status> status = new CompletableFuture<>();

    private UnfinishedCall() {}

    /** Begins a call without a message. */
    static UnfinishedCall withoutRequest(Channel channel, MethodDescriptor<?, ?> method) {
        var call = new UnfinishedCall();
        call.begin(channel, method);
        return call;
    }

    /** Sends messages and not the end of the request. */
    @SafeVarargs
    static <Q> UnfinishedCall withoutEnd(Channel channel, MethodDescriptor<Q, ?> method, Q... messages) {
        var call = new UnfinishedCall();
        var begun = call.begin(channel, method);
        for (var message : messages) {
            begun.sendMessage(message);
        }
        return call;
    }

    /** Sends a complete request and never asks for the answer. */
    static <Q> UnfinishedCall withoutAnswer(Channel channel, MethodDescriptor<Q, ?> method, Q request) {
        var call = new UnfinishedCall();
        var begun = call.begin(channel, method);
        begun.sendMessage(request);
        begun.halfClose();
        return call;
    }

    /** Returns the status with which the service ends the call. */
    Status status() {
        return status.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** The client takes the call for a stream: it would otherwise send nothing until the request is complete. */
    private <Q, A> ClientCall<Q, A> begin(Channel channel, MethodDescriptor<Q, A> method) {
        var stream = method.toBuilder().setType(MethodType.BIDI_STREAMING).build();
        var call = channel.newCall(stream, CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status closed, Metadata trailers) {
                        status.complete(closed);
                    }
                },
                new Metadata());
        return call;
    }
}
