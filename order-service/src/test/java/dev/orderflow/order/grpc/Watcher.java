package dev.orderflow.order.grpc;

import dev.orderflow.order.api.v1.OrderServiceGrpc;
import dev.orderflow.order.api.v1.StatusChange;
import dev.orderflow.order.api.v1.WatchRequest;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** A watch of an order, and what became of it. */
final class Watcher implements StreamObserver<StatusChange> {

    private volatile boolean hasChange;
    private volatile @Nullable StatusRuntimeException failure;

    static Watcher begin(Channel channel, WatchRequest request) {
        var watcher = new Watcher();
        OrderServiceGrpc.newStub(channel).watch(request, watcher);
        return watcher;
    }

    boolean hasChange() {
        return hasChange;
    }

    @Nullable
    StatusRuntimeException failure() {
        return failure;
    }

    @Override
    public void onNext(StatusChange change) {
        hasChange = true;
    }

    @Override
    public void onError(Throwable thrown) {
        failure = (StatusRuntimeException) thrown;
    }

    @Override
    public void onCompleted() {}
}
