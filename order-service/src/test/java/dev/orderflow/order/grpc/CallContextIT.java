package dev.orderflow.order.grpc;

import static dev.orderflow.order.OrderCalls.failure;
import static dev.orderflow.order.OrderCalls.fields;
import static dev.orderflow.order.OrderCalls.get;
import static dev.orderflow.order.OrderCalls.id;
import static dev.orderflow.order.OrderCalls.line;
import static dev.orderflow.order.OrderCalls.order;
import static dev.orderflow.order.OrderCalls.reason;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.events.Topics;
import dev.orderflow.order.OrderCalls;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderServiceTest;
import dev.orderflow.order.api.v1.OrderServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@OrderServiceTest
@Timeout(120)
class CallContextIT {

    @Autowired
    OrderCalls calls;

    @Autowired
    OrderClient client;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MeterRegistry meters;

    private final String key = UUID.randomUUID().toString();

    @BeforeEach
    void fillCatalog() {
        client.putProduct("LAMP", "2.55");
    }

    @Test
    void theContextIsCarriedIntoEventsAndReturned() {
        var sent = Map.of(
                "x-request-id", "request-" + key,
                "x-eo-event-id", "event-" + key,
                "x-eo-causation-id", "cause",
                "x-eo-business-intent", "reorder",
                "x-request-timeout-ms", "3600000",
                "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00");
        var headers = new AtomicReference<Metadata>();
        var trailers = new AtomicReference<Metadata>();

        var placed = calls.stub(sent)
                .withInterceptors(MetadataUtils.newCaptureMetadataInterceptor(headers, trailers))
                .place(order("context", line("LAMP", 1)));

        assertThat(sent)
                .allSatisfy(
                        (name, value) -> assertThat(value(headers.get(), name)).isEqualTo(value));
        assertThat(eventHeader(placed.getOrderId(), "ce_causationid")).isEqualTo("event-" + key);
        assertThat(eventHeader(placed.getOrderId(), "traceparent")).startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-");
        assertThat(Instant.parse(eventHeader(placed.getOrderId(), "ce_deadline")))
                .isBetween(Instant.now().plusSeconds(3_400), Instant.now().plusSeconds(3_600));
    }

    @Test
    void theContextIsReturnedWithAnErrorToo() {
        var refused = failure(() -> calls.stub(Map.of("x-request-id", "r-1", "x-eo-event-id", "e-1"))
                .get(get(UUID.randomUUID().toString())));
        var invalid = failure(() -> calls.stub(Map.of("x-request-id", "r 1", "x-request-timeout-ms", "soon"))
                .get(get(UUID.randomUUID().toString())));

        assertThat(value(trailers(refused), "x-request-id")).isEqualTo("r-1");
        assertThat(value(trailers(refused), "x-eo-event-id")).isEqualTo("e-1");
        assertThat(invalid.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(reason(invalid)).isEqualTo("INVALID_HEADER");
        assertThat(fields(invalid)).containsExactly("x-request-id", "x-request-timeout-ms");
        assertThat(value(trailers(invalid), "x-request-id")).isNotNull().isNotEqualTo("r 1");
    }

    /** A call ends after seconds; its order may take longer. */
    @Test
    void theDeadlineOfACallIsNotThatOfItsOrder() {
        var both = calls.stub(Map.of("x-request-timeout-ms", "600000")).withDeadlineAfter(1, TimeUnit.MINUTES);
        var ofCall = calls.stub(Map.of()).withDeadlineAfter(1, TimeUnit.MINUTES);
        var distant = calls.stub(Map.of()).withDeadlineAfter(1_000, TimeUnit.DAYS);

        assertThat(deadline(id(both.place(order("deadline", line("LAMP", 1))))))
                .isCloseTo(Instant.now().plusSeconds(600), within(60, ChronoUnit.SECONDS));
        for (var stub : List.of(ofCall, distant)) {
            assertThat(deadline(id(stub.place(order("deadline", line("LAMP", 1))))))
                    .isNull();
        }
    }

    @Test
    void theServerIsHealthyAndDescribesItself() throws Exception {
        var health = HealthGrpc.newBlockingStub(calls.channel());
        for (var service : List.of("", OrderServiceGrpc.SERVICE_NAME)) {
            await().untilAsserted(() -> assertThat(health.check(HealthCheckRequest.newBuilder()
                                    .setService(service)
                                    .build())
                            .getStatus())
                    .isEqualTo(ServingStatus.SERVING));
        }

        assertThat(describedServices()).contains(OrderServiceGrpc.SERVICE_NAME, "grpc.health.v1.Health");
    }

    @Test
    void callsAreTimedByMethodAndStatus() {
        failure(() -> calls.stub().get(get(UUID.randomUUID().toString())));

        await().untilAsserted(() -> assertThat(meters.get("grpc.server")
                        .tags("rpc.method", "Get", "grpc.status_code", "NOT_FOUND")
                        .timer()
                        .count())
                .isPositive());
    }

    private List<String> describedServices() throws Exception {
        var answer = new CompletableFuture<List<String>>();
        var requests = ServerReflectionGrpc.newStub(calls.channel()).serverReflectionInfo(new StreamObserver<>() {
            @Override
            public void onNext(ServerReflectionResponse response) {
                answer.complete(response.getListServicesResponse().getServiceList().stream()
                        .map(ServiceResponse::getName)
                        .toList());
            }

            @Override
            public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {}
        });
        requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        requests.onCompleted();
        return answer.get(30, TimeUnit.SECONDS);
    }

    private String eventHeader(String orderId, String name) {
        var events = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> TestInfrastructure.get().topics().read(Topics.ORDER_EVENTS).stream()
                                .filter(event -> orderId.equals(event.key()))
                                .toList(),
                        found -> !found.isEmpty());
        return new String(events.getFirst().headers().lastHeader(name).value(), UTF_8);
    }

    private @Nullable Instant deadline(UUID id) {
        return jdbc.sql("SELECT deadline FROM orders WHERE id = :id")
                .param("id", id)
                .query((row, number) -> {
                    var deadline = row.getTimestamp(1);
                    return Optional.ofNullable(deadline).map(Timestamp::toInstant);
                })
                .single()
                .orElse(null);
    }

    private static Metadata trailers(StatusRuntimeException failure) {
        return Objects.requireNonNull(failure.getTrailers());
    }

    private static @Nullable String value(Metadata metadata, String name) {
        return metadata.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }
}
