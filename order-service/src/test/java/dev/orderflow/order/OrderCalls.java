package dev.orderflow.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import dev.orderflow.order.api.v1.CancelRequest;
import dev.orderflow.order.api.v1.GetRequest;
import dev.orderflow.order.api.v1.Order;
import dev.orderflow.order.api.v1.OrderServiceGrpc;
import dev.orderflow.order.api.v1.OrderServiceGrpc.OrderServiceBlockingStub;
import dev.orderflow.order.api.v1.PaymentMethod;
import dev.orderflow.order.api.v1.PlaceRequest;
import dev.orderflow.order.api.v1.WatchRequest;
import dev.orderflow.order.grpc.GrpcServer;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.test.context.TestComponent;

/** Talks to the service as its clients over gRPC do. */
@TestComponent
public class OrderCalls implements DisposableBean {

    private final GrpcServer server;
    private @Nullable ManagedChannel channel;

    OrderCalls(GrpcServer server) {
        this.server = server;
    }

    public int port() {
        return server.port();
    }

    /** Returns a connection of its own, which the caller ends. */
    public ManagedChannel connect() {
        return connect(NettyChannelBuilder.DEFAULT_FLOW_CONTROL_WINDOW);
    }

    /** @param window bytes that the service may send for each call before the client reads them */
    public ManagedChannel connect(int window) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port())
                .usePlaintext()
                .flowControlWindow(window)
                .build();
    }

    public OrderServiceBlockingStub stub() {
        return OrderServiceGrpc.newBlockingStub(channel()).withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    /** Returns a stub without a deadline. */
    public OrderServiceBlockingStub stub(Map<String, String> metadata) {
        return OrderServiceGrpc.newBlockingStub(channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata(metadata)));
    }

    public synchronized ManagedChannel channel() {
        if (channel == null) {
            channel = connect();
        }
        return channel;
    }

    public static Metadata metadata(Map<String, String> entries) {
        var metadata = new Metadata();
        entries.forEach((name, value) -> metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
        return metadata;
    }

    public static PlaceRequest order(String customerId, PlaceRequest.Line... lines) {
        return PlaceRequest.newBuilder()
                .setCustomerId(customerId)
                .addAllLines(List.of(lines))
                .setPaymentMethod(PaymentMethod.PAYMENT_METHOD_CARD)
                .build();
    }

    public static PlaceRequest.Line line(String sku, int quantity) {
        return PlaceRequest.Line.newBuilder().setSku(sku).setQuantity(quantity).build();
    }

    public static GetRequest get(String id) {
        return GetRequest.newBuilder().setOrderId(id).build();
    }

    public static CancelRequest cancel(String id) {
        return CancelRequest.newBuilder().setOrderId(id).build();
    }

    public static WatchRequest watch(String id) {
        return WatchRequest.newBuilder().setOrderId(id).build();
    }

    public static UUID id(Order order) {
        return UUID.fromString(order.getOrderId());
    }

    /** Returns the failure of a call; fails if it succeeds. */
    public static StatusRuntimeException failure(ThrowingCallable call) {
        var failure = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }

    /** Returns the reason of a failed call, which each has. */
    public static String reason(StatusRuntimeException failure) {
        return detail(failure, ErrorInfo.class)
                .map(ErrorInfo::getReason)
                .orElseThrow(() -> new AssertionError("no reason", failure));
    }

    public static List<String> fields(StatusRuntimeException failure) {
        return detail(failure, BadRequest.class).stream()
                .flatMap(request -> request.getFieldViolationsList().stream())
                .map(FieldViolation::getField)
                .toList();
    }

    public static <D extends Message> Optional<D> detail(StatusRuntimeException failure, Class<D> type) {
        var status = StatusProto.fromThrowable(failure);
        return status == null
                ? Optional.empty()
                : status.getDetailsList().stream()
                        .filter(any -> any.is(type))
                        .map(any -> unpack(any, type))
                        .findFirst();
    }

    private static <D extends Message> D unpack(Any any, Class<D> type) {
        try {
            return any.unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void destroy() {
        var connected = channel;
        if (connected != null) {
            connected.shutdownNow();
        }
    }
}
