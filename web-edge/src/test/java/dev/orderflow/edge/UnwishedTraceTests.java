package dev.orderflow.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.net.http.HttpRequest;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Requests whose clients want to be recorded by an edge that records none. */
@SpringBootTest(
        classes = EdgeServer.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:1/v1/traces",
            "management.tracing.sampling.probability=0"
        })
@Import(UnwishedTraceTests.Exporter.class)
class UnwishedTraceTests {

    @TestConfiguration(proxyBeanMethods = false)
    static class Exporter {

        @Bean
        InMemorySpanExporter exportedSpans() {
            return InMemorySpanExporter.create();
        }
    }

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Autowired
    private EdgeServer.Probe probe;

    @Autowired
    private InMemorySpanExporter exported;

    @Autowired
    private SdkTracerProvider tracers;

    @Test
    void aClientCannotHaveItsRequestRecorded() {
        probe.send(HttpRequest.newBuilder(probe.uri("/things"))
                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01"));

        tracers.forceFlush().join(10, TimeUnit.SECONDS);
        assertThat(exported.getFinishedSpanItems()).isEmpty();
    }
}
