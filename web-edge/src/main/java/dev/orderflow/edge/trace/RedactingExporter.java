package dev.orderflow.edge.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;

/** Exports spans without what must not leave the service, on the thread that exports. This covers the spans of all libraries. */
final class RedactingExporter implements SpanExporter {

    private final SpanExporter exporter;

    RedactingExporter(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        var redacted = new ArrayList<SpanData>(spans.size());
        spans.forEach(span -> redacted.add(new RedactedSpan(span)));
        return exporter.export(redacted);
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
