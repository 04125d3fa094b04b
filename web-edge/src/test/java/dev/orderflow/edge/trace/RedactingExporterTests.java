package dev.orderflow.edge.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.Test;

class RedactingExporterTests {

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final SdkTracerProvider tracers = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new RedactingExporter(exported)))
            .build();

    @Test
    void noPartOfASpanNamesACustomer() {
        var span = tracers.get("test").spanBuilder("mail to alice@example.com").startSpan();
        span.setAttribute("event.key", "alice@example.com");
        span.setAttribute("event.hop", 3L);
        span.setAttribute("event.type", "dev.orderflow.order.placed.v1");
        span.addEvent("asked alice@example.com");
        span.recordException(new IllegalStateException("550 <alice@example.com>"));
        span.setStatus(StatusCode.ERROR, "550 <alice@example.com>");
        span.end();

        var shown = exported.getFinishedSpanItems().getFirst();
        assertThat(shown.getName() + shown.getAttributes() + shown.getEvents() + shown.getStatus())
                .doesNotContain("alice")
                .contains("[redacted]", "IllegalStateException", "noPartOfASpanNamesACustomer");
        assertThat(shown.getAttributes().asMap())
                .containsEntry(AttributeKey.stringKey("event.key"), "[redacted]")
                .containsEntry(AttributeKey.longKey("event.hop"), 3L)
                .containsEntry(AttributeKey.stringKey("event.type"), "dev.orderflow.order.placed.v1")
                .hasSize(3);
        assertThat(shown.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(shown.getSpanContext()).isEqualTo(span.getSpanContext());
    }
}
