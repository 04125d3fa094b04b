package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.demo.process.Part;
import dev.orderflow.events.Money;
import dev.orderflow.order.api.v1.CancellationReason;
import dev.orderflow.order.api.v1.Order;
import dev.orderflow.order.api.v1.OrderServiceGrpc;
import dev.orderflow.order.api.v1.OrderServiceGrpc.OrderServiceBlockingStub;
import dev.orderflow.order.api.v1.OrderStatus;
import dev.orderflow.order.api.v1.PaymentMethod;
import dev.orderflow.order.api.v1.PlaceRequest;
import dev.orderflow.order.api.v1.StatusChange;
import dev.orderflow.order.api.v1.WatchRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that orders placed over gRPC take the same way as all others, and can be watched to their end. */
@SystemTest
class GrpcOrdersIT {

    private static final Metadata.Key<String> IDEMPOTENCY_KEY =
            Metadata.Key.of("idempotency-key", Metadata.ASCII_STRING_MARSHALLER);

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;
    private final ManagedChannel channel;

    GrpcOrdersIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.shop = shop;
        this.sandbox = sandbox;
        this.channel = NettyChannelBuilder.forAddress(
                        "127.0.0.1", suite.topology().ports().grpc())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void anOrderIsWatchedUntilItIsPaid() {
        var sku = shop.newProduct(10);

        var placed = stub().place(order(sku, PaymentMethod.PAYMENT_METHOD_CARD));

        assertThat(statuses(placed).getLast()).isEqualTo(OrderStatus.ORDER_STATUS_PAID);
        sandbox.awaitPayment(UUID.fromString(placed.getOrderId()), Money.of("45.90", "GBP"), "CAPTURED");
        shop.awaitStock(sku, 7, 0, 3);
    }

    @Test
    void aDeclinedPaymentCancelsAWatchedOrder() {
        var sku = shop.newProduct(10);

        var placed = stub().place(order(sku, PaymentMethod.PAYMENT_METHOD_CARD_DECLINED));

        var last = changes(placed).getLast();
        assertThat(last.getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_CANCELLED);
        assertThat(last.getReason()).isEqualTo(CancellationReason.CANCELLATION_REASON_PAYMENT_DECLINED);
        shop.awaitStock(sku, 10, 0, 0);
    }

    @Test
    void aWatchThatACrashEndsIsRepeated() {
        var sku = shop.newProduct(10);
        suite.kill(Part.INVENTORY);
        var placed = stub().place(order(sku, PaymentMethod.PAYMENT_METHOD_CARD));
        var watch = stub().watch(watch(placed));
        assertThat(watch.next().getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_PLACED);

        suite.kill(Part.ORDER);

        assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(watch::hasNext);
        suite.start(Part.ORDER);
        suite.start(Part.INVENTORY);
        assertThat(Eventually.await()
                        .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
                        .until(() -> statuses(placed).getLast(), status -> true))
                .isEqualTo(OrderStatus.ORDER_STATUS_PAID);
    }

    private List<OrderStatus> statuses(Order placed) {
        return changes(placed).stream().map(StatusChange::getStatus).toList();
    }

    private List<StatusChange> changes(Order placed) {
        var changes = new ArrayList<StatusChange>();
        stub().watch(watch(placed)).forEachRemaining(changes::add);
        return changes;
    }

    private OrderServiceBlockingStub stub() {
        var metadata = new Metadata();
        metadata.put(IDEMPOTENCY_KEY, UUID.randomUUID().toString());
        shop.token().ifPresent(token -> metadata.put(AUTHORIZATION, "Bearer " + token));
        return OrderServiceGrpc.newBlockingStub(channel)
                .withWaitForReady()
                .withDeadlineAfter(3, TimeUnit.MINUTES)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    private static PlaceRequest order(String sku, PaymentMethod payment) {
        return PlaceRequest.newBuilder()
                .setCustomerId("customer")
                .addLines(PlaceRequest.Line.newBuilder().setSku(sku).setQuantity(3))
                .setPaymentMethod(payment)
                .build();
    }

    private static WatchRequest watch(Order placed) {
        return WatchRequest.newBuilder().setOrderId(placed.getOrderId()).build();
    }
}
