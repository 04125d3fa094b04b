package dev.orderflow.order.grpc;

import static dev.orderflow.order.OrderCalls.line;
import static dev.orderflow.order.OrderCalls.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.order.OrderCalls;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderServiceTest;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** The spans of calls over gRPC, all of whose traces are recorded. */
@OrderServiceTest
@Import(CallTraceIT.Exporter.class)
@TestPropertySource(
        properties = {
            "management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:1/v1/traces",
            "management.opentelemetry.tracing.export.schedule-delay=100ms",
            "management.tracing.sampling.probability=1"
        })
class CallTraceIT {

    @TestConfiguration(proxyBeanMethods = false)
    static class Exporter {

        @Bean
        InMemorySpanExporter exportedSpans() {
            return InMemorySpanExporter.create();
        }
    }

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final AttributeKey<String> KEY = AttributeKey.stringKey("event.key");

    @Autowired
    OrderCalls calls;

    @Autowired
    OrderClient client;

    @Autowired
    InMemorySpanExporter exported;

    @BeforeEach
    void fillCatalog() {
        client.putProduct("LAMP", "2.55");
    }

    @Test
    void theTraceOfAClientLeadsThroughItsCallToTheEventsOfItsOrder() {
        var call = callOf(place(Map.of("traceparent", "00-" + TRACE + "-" + PARENT + "-01")));

        assertThat(call.getTraceId()).isEqualTo(TRACE);
        assertThat(call.getParentSpanId()).isEqualTo(PARENT);
    }

    @Test
    void aCallWithoutATraceBeginsOne() {
        assertThat(callOf(place(Map.of())).getParentSpanContext().isValid()).isFalse();
    }

    private String place(Map<String, String> metadata) {
        return calls.stub(metadata).place(order("traced", line("LAMP", 1))).getOrderId();
    }

    /** Waits for the span of the call that published the first event of an order. */
    private SpanData callOf(String orderId) {
        return await().until(
                        () -> {
                            var spans = exported.getFinishedSpanItems();
                            return spans.stream()
                                    .filter(span ->
                                            orderId.equals(span.getAttributes().get(KEY)))
                                    .filter(span -> span.getKind() == SpanKind.PRODUCER)
                                    .flatMap(publish -> spans.stream()
                                            .filter(span -> span.getSpanId().equals(publish.getParentSpanId()))
                                            .filter(span -> span.getTraceId().equals(publish.getTraceId())))
                                    .filter(span -> span.getKind() == SpanKind.SERVER)
                                    .toList();
                        },
                        found -> !found.isEmpty())
                .getFirst();
    }
}
