package dev.orderflow.order.grpc;

import static dev.orderflow.order.OrderCalls.failure;
import static dev.orderflow.order.OrderCalls.get;
import static dev.orderflow.order.OrderCalls.id;
import static dev.orderflow.order.OrderCalls.line;
import static dev.orderflow.order.OrderCalls.order;
import static dev.orderflow.order.OrderCalls.reason;
import static dev.orderflow.order.OrderCalls.watch;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.orderflow.order.OrderCalls;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderServiceTest;
import dev.orderflow.order.api.v1.OrderServiceGrpc;
import dev.orderflow.order.api.v1.PlaceRequest;
import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Clients that send what no honest one does. Each test ends with an order of an honest one. */
@OrderServiceTest
@TestPropertySource(
        properties = {
            "orders.grpc.connections.handshake=1s",
            "orders.grpc.calls.receive-time=1s",
            "orders.grpc.calls.answer-time=5s"
        })
@Timeout(120)
class HostileCallsIT {

    private static final int WATCHERS = 2_000;
    private static final int PER_CLIENT = 256;

    @Autowired
    OrderCalls calls;

    @Autowired
    OrderClient client;

    @Autowired
    OpenCalls open;

    @Autowired
    GrpcConnections connections;

    @BeforeEach
    void fillCatalog() {
        client.putProduct("LAMP", "2.55");
    }

    @AfterEach
    void anHonestClientIsServedAndNothingIsLeftBehind() {
        assertThat(calls.stub(Map.of()).place(order("honest", line("LAMP", 1))).getOrderId())
                .isNotEmpty();
        await().untilAsserted(() -> {
            assertThat(open.open()).isZero();
            assertThat(connections.held()).isZero();
        });
    }

    @Test
    void aMessageThatIsTooLargeIsRefused() {
        var large = order("x".repeat(100_000), line("LAMP", 1));

        assertThat(failure(() -> calls.stub().place(large)).getStatus().getCode())
                .isEqualTo(Code.RESOURCE_EXHAUSTED);
    }

    /** Bytes on their way are bounded; what they are parsed into must not be kept while the request is incomplete. */
    @Test
    void manyEmptyLinesCostNoMoreThanTheirBytes() {
        var lines = RawMessages.bytes("\u0012\u0000".repeat(32_000));
        var place = RawMessages.of(OrderServiceGrpc.getPlaceMethod());
        collectGarbage();
        var before = usedHeap();

        var incomplete = IntStream.range(0, 64)
                .mapToObj(i -> UnfinishedCall.withoutEnd(calls.channel(), place, lines))
                .toList();
        var refused = failure(() -> ClientCalls.blockingUnaryCall(calls.channel(), place, CallOptions.DEFAULT, lines));

        assertThat(reason(refused)).isEqualTo("VALIDATION_FAILED");
        collectGarbage();
        assertThat(usedHeap() - before).isLessThan(32L << 20);
        assertThat(incomplete)
                .allSatisfy(call -> assertThat(call.status().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED));
    }

    @Test
    void aCompressedMessageIsRefused() {
        var compressing = calls.stub().withCompression("gzip");

        assertThat(failure(() -> compressing.place(order("compressed", line("LAMP", 1))))
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.UNIMPLEMENTED);
    }

    @Test
    void aRequestOfTwoMessagesIsRefused() {
        var twice =
                UnfinishedCall.withoutEnd(calls.channel(), OrderServiceGrpc.getGetMethod(), get("4711"), get("4712"));

        assertThat(twice.status().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    }

    @Test
    void theLargestOrderFitsIntoAMessage() {
        var sku = "L".repeat(50);
        client.putProduct(sku, "2.55");
        var lines = IntStream.range(0, 1_000).mapToObj(i -> line(sku, 100_000)).toArray(PlaceRequest.Line[]::new);

        var largest = order("\ud83d\ude00".repeat(100), lines);

        assertThat(calls.stub(Map.of()).place(largest).getLinesCount()).isEqualTo(1_000);
    }

    @Test
    void metadataThatIsTooLargeIsRefused() {
        var stub = calls.stub(Map.of("x-request-id", "r", "x-much", "x".repeat(20_000)));

        assertThat(failure(() -> stub.place(order("much", line("LAMP", 1))))
                        .getStatus()
                        .getCode())
                .isEqualTo(Code.INTERNAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n\u0002\u00c3(",
                "\n\u00ff",
                "\u00ff\u00ff\u00ff\u00ff\u00ff",
                "\n\u0005ab",
                "\u000b\u000b\u000b"
            })
    void aMalformedMessageIsRefused(String bytes) {
        var refused = failure(() -> ClientCalls.blockingUnaryCall(
                calls.channel(),
                RawMessages.of(OrderServiceGrpc.getPlaceMethod()),
                CallOptions.DEFAULT,
                RawMessages.bytes(bytes)));

        assertThat(refused.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(reason(refused)).isEqualTo("MALFORMED_MESSAGE");
        assertThat(refused.getStatus().getDescription()).doesNotContain("com.google", "Exception");
    }

    @Test
    void theViolationsOfAThousandLinesFitIntoTheStatus() {
        var lines = IntStream.range(0, 1_000).mapToObj(i -> line("?", -1)).toArray(PlaceRequest.Line[]::new);

        var refused = failure(() -> calls.stub().place(order("x", lines)));

        assertThat(refused.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(OrderCalls.detail(refused, BadRequest.class).orElseThrow().getFieldViolationsCount())
                .isBetween(20, 200);
        assertThat(OrderCalls.detail(refused, ErrorInfo.class).orElseThrow().getMetadataMap())
                .containsEntry("violations", "2000");
    }

    @Test
    void aDrippingConnectionIsClosed() throws IOException {
        try (var socket = new Socket("127.0.0.1", calls.port())) {
            socket.setSoTimeout(10_000);
            var output = socket.getOutputStream();
            output.write("PRI * HTT".getBytes(US_ASCII));
            output.flush();

            // The server's own settings come first.
            assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(1_000);
        }
    }

    @Test
    void aDrippingRequestIsRefused() {
        var dripping = UnfinishedCall.withoutRequest(calls.channel(), OrderServiceGrpc.getPlaceMethod());

        assertThat(dripping.status().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
    }

    /** The client opens calls for large answers and takes none of them. */
    @Test
    void aClientThatReceivesNothingLosesItsConnection() {
        client.putProduct("LAMP", "2.55");
        var lines = IntStream.range(0, 1_000).mapToObj(i -> line("LAMP", 1)).toArray(PlaceRequest.Line[]::new);
        var large = calls.stub(Map.of()).place(order("large", lines)).getOrderId();
        var greedy = calls.connect(1_000);

        IntStream.range(0, 10)
                .forEach(i -> UnfinishedCall.withoutAnswer(greedy, OrderServiceGrpc.getGetMethod(), get(large)));

        await().until(() -> connections.held() > 100_000);
        await().atMost(Duration.ofSeconds(20)).until(() -> connections.held() == 0);
        await().until(() -> greedy.getState(false) != ConnectivityState.READY);
        greedy.shutdownNow();
    }

    @Test
    void tooManyWatchersAreRefused() {
        var order = id(calls.stub(Map.of()).place(order("watched", line("LAMP", 1))));
        var channels = IntStream.range(0, WATCHERS / 100)
                .mapToObj(i -> calls.connect())
                .toList();

        var watchers = IntStream.range(0, WATCHERS)
                .mapToObj(i -> Watcher.begin(channels.get(i / 100), watch(order.toString())))
                .toList();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> watchers.stream()
                                .filter(watcher -> watcher.failure() != null)
                                .count()
                        >= WATCHERS - PER_CLIENT);
        assertThat(watchers)
                .filteredOn(watcher -> watcher.failure() != null)
                .extracting(watcher -> watcher.failure().getStatus().getCode())
                .contains(Code.RESOURCE_EXHAUSTED)
                // On a slow machine, requests are incomplete for too long, and connections take too long for an answer.
                .isSubsetOf(Code.RESOURCE_EXHAUSTED, Code.DEADLINE_EXCEEDED, Code.UNAVAILABLE);
        assertThat(watchers)
                .filteredOn(watcher -> isFailedWith(watcher, Code.RESOURCE_EXHAUSTED))
                .allSatisfy(watcher -> assertThat(OrderCalls.detail(watcher.failure(), RetryInfo.class))
                        .isPresent());
        await().until(() -> watchers.stream().anyMatch(Watcher::hasChange));
        assertThat(watchers.stream().filter(Watcher::hasChange).count()).isLessThanOrEqualTo(PER_CLIENT);
        channels.forEach(ManagedChannel::shutdownNow);
    }

    private static boolean isFailedWith(Watcher watcher, Code code) {
        var failure = watcher.failure();
        return failure != null && failure.getStatus().getCode() == code;
    }

    private static void collectGarbage() {
        ManagementFactory.getMemoryMXBean().gc();
    }

    private static long usedHeap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
