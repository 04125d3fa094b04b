package dev.orderflow.order.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.orderflow.order.OrderCalls;
import dev.orderflow.order.api.v1.GetRequest;
import dev.orderflow.order.api.v1.Order;
import dev.orderflow.order.api.v1.OrderServiceGrpc;
import dev.orderflow.order.api.v1.OrderServiceGrpc.OrderServiceImplBase;
import dev.orderflow.order.api.v1.StatusChange;
import dev.orderflow.order.api.v1.WatchRequest;
import dev.orderflow.order.grpc.GrpcProperties.Calls;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

@Timeout(60)
class OpenCallsTests {

    private static final int MAX = 4;
    private static final int RECEIVING = 2;
    private static final Duration TIME = Duration.ofMillis(300);

    private final AtomicInteger refused = new AtomicInteger();
    private final GrpcConnections connections = new GrpcConnections(10, 10, 1_000_000);
    private final OpenCalls calls = new OpenCalls(
            new Calls(
                    MAX,
                    10,
                    1,
                    RECEIVING,
                    TIME,
                    TIME,
                    DataSize.ofKilobytes(64),
                    DataSize.ofKilobytes(8),
                    DataSize.ofMegabytes(1)),
            connections,
            OrderServiceGrpc.SERVICE_NAME,
            refused::incrementAndGet);

    private Server server;
    private ManagedChannel channel;

    /** Answers each call for an order, except for those whose id says otherwise, and leaves each watch open. */
    private static final class Orders extends OrderServiceImplBase {

        @Override
        public void get(GetRequest request, StreamObserver<Order> answer) {
            if (request.getOrderId().equals("fails")) {
                throw new IllegalStateException("inner detail");
            }
            answer.onNext(Order.newBuilder().setOrderId(request.getOrderId()).build());
            answer.onCompleted();
        }

        @Override
        public void watch(WatchRequest request, StreamObserver<StatusChange> changes) {
            changes.onNext(StatusChange.getDefaultInstance());
        }
    }

    /** A call that ends once, like those of gRPC. */
    private static final class EndsOnce extends ServerCall<GetRequest, Order> {

        private boolean ended;

        @Override
        public void request(int messages) {}

        @Override
        public void sendHeaders(Metadata headers) {}

        @Override
        public void sendMessage(Order message) {}

        @Override
        public void close(Status status, Metadata trailers) {
            assertThat(ended).as("has ended").isFalse();
            ended = true;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public MethodDescriptor<GetRequest, Order> getMethodDescriptor() {
            return OrderServiceGrpc.getGetMethod();
        }
    }

    @BeforeEach
    void start() throws IOException {
        var name = UUID.randomUUID().toString();
        var interceptors = List.of(new ContextInterceptor(Clock.systemUTC()), calls, new FailureInterceptor());
        server = InProcessServerBuilder.forName(name)
                .addService(GrpcServer.intercepted(new Orders(), interceptors))
                .build()
                .start();
        channel = InProcessChannelBuilder.forName(name).build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
        await().until(() -> calls.open() == 0);
        assertThat(connections.held()).isZero();
    }

    @Test
    void anAnsweredCallLeavesNothingBehind() {
        for (var i = 0; i < 10 * MAX; i++) {
            assertThat(OrderServiceGrpc.newBlockingStub(channel)
                            .get(OrderCalls.get("o-" + i))
                            .getOrderId())
                    .isEqualTo("o-" + i);
        }

        await().until(() -> calls.open() == 0);
        assertThat(refused).hasValue(0);
    }

    @Test
    void aFailedCallHasNoInnerDetails() {
        var failure = OrderCalls.failure(
                () -> OrderServiceGrpc.newBlockingStub(channel).get(OrderCalls.get("fails")));

        assertThat(failure.getStatus().getCode()).isEqualTo(Code.INTERNAL);
        assertThat(OrderCalls.reason(failure)).isEqualTo("INTERNAL_ERROR");
        assertThat(failure.getMessage()).doesNotContain("inner");
    }

    @Test
    void callsBeyondTheBoundAreRefused() {
        var watchers = IntStream.range(0, MAX).mapToObj(i -> begunWatch()).toList();

        var failure = OrderCalls.failure(
                () -> OrderServiceGrpc.newBlockingStub(channel).get(OrderCalls.get("o")));

        assertThat(failure.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
        assertThat(refused).hasValue(1);
        assertThat(watchers).noneMatch(watcher -> watcher.failure() != null);
    }

    /** Returns once the request is complete; among several incomplete ones the oldest would be refused. */
    private Watcher begunWatch() {
        var watcher = Watcher.begin(channel, OrderCalls.watch("watched"));
        await().until(watcher::hasChange);
        return watcher;
    }

    /** A request usually arrives at once, so the oldest that has not is the slowest. */
    @Test
    void theOldestIncompleteRequestIsRefusedForANewOne() {
        var first = UnfinishedCall.withoutRequest(channel, OrderServiceGrpc.getGetMethod());
        await().until(() -> calls.open() == 1);
        UnfinishedCall.withoutRequest(channel, OrderServiceGrpc.getGetMethod());
        await().until(() -> calls.open() == 2);

        var honest = OrderServiceGrpc.newBlockingStub(channel).get(OrderCalls.get("o"));

        assertThat(honest.getOrderId()).isEqualTo("o");
        assertThat(first.status().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    }

    /** The client may take its time to receive the end. */
    @Test
    void aCallThatEndedBeforeItsRequestWasCompleteIsNotEndedAgain() {
        ServerCallHandler<GetRequest, Order> failing = (call, metadata) -> {
            call.close(Status.INVALID_ARGUMENT, new Metadata());
            return new Listener<>() {};
        };

        var listeners = IntStream.rangeClosed(0, RECEIVING)
                .mapToObj(i -> calls.interceptCall(new EndsOnce(), new Metadata(), failing))
                .toList();

        assertThat(calls.open()).isEqualTo(RECEIVING + 1);
        listeners.forEach(Listener::onComplete);
        assertThat(calls.open()).isZero();
        assertThat(refused).hasValue(0);
    }

    @Test
    void aCallThatCannotBeginLeavesNothingBehind() {
        ServerCallHandler<GetRequest, Order> broken = (call, metadata) -> {
            throw new IllegalStateException("broken");
        };

        for (var i = 0; i <= MAX; i++) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> calls.interceptCall(new EndsOnce(), new Metadata(), broken));
        }

        assertThat(calls.open()).isZero();
        assertThat(refused).hasValue(0);
    }

    @Test
    void aCallThatWaitsForItsClientGivesItsPlaceToANewOne() {
        IntStream.range(0, MAX - 1).forEach(i -> begunWatch());
        UnfinishedCall.withoutRequest(channel, OrderServiceGrpc.getGetMethod());
        await().until(() -> calls.open() == MAX);

        var honest = await().ignoreExceptionsInstanceOf(StatusRuntimeException.class)
                .until(() -> OrderServiceGrpc.newBlockingStub(channel).get(OrderCalls.get("o")), answer -> true);

        assertThat(honest.getOrderId()).isEqualTo("o");
    }

    @Test
    void aRequestThatTakesTooLongIsRefused() {
        var slow = UnfinishedCall.withoutRequest(channel, OrderServiceGrpc.getGetMethod());

        await().pollInterval(Duration.ofMillis(50)).until(() -> {
            calls.run();
            return refused.get() == 1;
        });

        assertThat(slow.status().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
    }
}
