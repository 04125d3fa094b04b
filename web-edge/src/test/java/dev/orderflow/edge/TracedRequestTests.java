package dev.orderflow.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.tracing.Tracer;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The spans of requests, all of whose traces are recorded, except where the client's is not. */
@SpringBootTest(
        classes = EdgeServer.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:1/v1/traces",
            "management.tracing.sampling.probability=1"
        })
@Import(TracedRequestTests.Exporter.class)
class TracedRequestTests {

    @TestConfiguration(proxyBeanMethods = false)
    static class Exporter {

        @Bean
        InMemorySpanExporter exportedSpans() {
            return InMemorySpanExporter.create();
        }
    }

    private static final String PARENT = "b7ad6b7169203331";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String UNRECORDED = "0af7651916cd43dd8448eb211c80319d";
    private static final String LATER = "0af7651916cd43dd8448eb211c80319e";

    @Autowired
    private EdgeServer.Probe probe;

    @Autowired
    private InMemorySpanExporter exported;

    @Autowired
    private SdkTracerProvider tracers;

    @Autowired
    private Tracer tracer;

    @Test
    void theSpanOfARequestWithoutATraceHasTheTraceIdOfItsLogsAndItsAnswer() {
        var answer = probe.send(HttpRequest.newBuilder(probe.uri("/things/context")));

        var trace = answer.headers().firstValue("traceparent").orElseThrow().substring(3, 35);
        assertThat(answer.body()).contains("traceId=" + trace);
        var span = awaitSpan(trace);
        assertThat(span.getName()).isEqualTo("http get /things/context");
        assertThat(span.getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void theSpanOfARequestWithATraceIsAChildOfItsClients() {
        send(TRACE, "01");

        assertThat(awaitSpan(TRACE).getParentSpanId()).isEqualTo(PARENT);
    }

    @Test
    void aClientsTraceThatIsNotRecordedHasNoSpanHere() {
        send(UNRECORDED, "00");
        send(LATER, "01");

        awaitSpan(LATER);
        assertThat(spans(UNRECORDED)).isEmpty();
    }

    @Test
    void aSpanLeavesTheServiceWithoutAddresses() {
        var span = tracer.nextSpan()
                .name("greet")
                .tag("answer", "no mailbox alice@example.com")
                .start();
        span.end();

        assertThat(awaitSpan(span.context().traceId()).getAttributes().asMap().values())
                .contains("no mailbox [redacted]");
    }

    private void send(String trace, String flags) {
        var request = HttpRequest.newBuilder(probe.uri("/things"))
                .header("traceparent", "00-" + trace + "-" + PARENT + "-" + flags);
        assertThat(probe.send(request).statusCode()).isEqualTo(200);
    }

    /** Waits for the only span of a trace, which may end after the answer. */
    private SpanData awaitSpan(String trace) {
        await().untilAsserted(() -> assertThat(spans(trace)).hasSize(1));
        return spans(trace).getFirst();
    }

    private List<SpanData> spans(String trace) {
        tracers.forceFlush().join(10, TimeUnit.SECONDS);
        return exported.getFinishedSpanItems().stream()
                .filter(span -> span.getTraceId().equals(trace))
                .toList();
    }
}
