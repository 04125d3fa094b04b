package dev.orderflow.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Receiver of spans over OTLP/HTTP, for all services of a suite. Only traces that a request asks to be recorded arrive:
 * the services trust their clients and sample no other trace. Thread-safe.
 */
final class SpanReceiver implements AutoCloseable {

    private static final HexFormat HEX = HexFormat.of();

    private final HttpServer server;
    private final Collection<RecordedSpan> spans = new ConcurrentLinkedQueue<>();

    private SpanReceiver(HttpServer server) {
        this.server = server;
    }

    static SpanReceiver start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var receiver = new SpanReceiver(server);
            server.createContext("/v1/traces", receiver::receive);
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return options of services that send their spans here} */
    String[] jvmOptions() {
        return new String[] {
            "-Dmanagement.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:"
                    + server.getAddress().getPort() + "/v1/traces",
            "-Dmanagement.opentelemetry.tracing.export.schedule-delay=200ms",
            "-Dmanagement.tracing.sampling.probability=0",
            "-Dedge.tracing.clients-decide=true"
        };
    }

    /** {@return the spans of a trace that have arrived} */
    List<RecordedSpan> trace(String id) {
        return spans.stream().filter(span -> span.trace().equals(id)).toList();
    }

    /**
     * Returns each span of a trace behind its parent. A span whose parent nobody recorded is an orphan.
     *
     * @param client span of the client, which records none itself
     */
    List<String> edges(String trace, String client) {
        var all = trace(trace);
        var labels = new HashMap<String, String>();
        all.forEach(span -> labels.put(span.id(), span.label()));
        labels.put(client, "client");
        return all.stream()
                .map(span -> labels.getOrDefault(span.parent(), "orphan") + " > " + span.label())
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody();
            var isZipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            var request = ExportTraceServiceRequest.parseFrom(isZipped ? new GZIPInputStream(body) : body);
            request.getResourceSpansList().stream().flatMap(SpanReceiver::read).forEach(spans::add);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static Stream<RecordedSpan> read(ResourceSpans resource) {
        var service = tag(resource.getResource().getAttributesList(), "service.name");
        return resource.getScopeSpansList().stream()
                .flatMap(scope -> scope.getSpansList().stream())
                .map(span -> read(service, span));
    }

    private static RecordedSpan read(String service, Span span) {
        return new RecordedSpan(
                service,
                span.getName(),
                HEX.formatHex(span.getTraceId().toByteArray()),
                HEX.formatHex(span.getSpanId().toByteArray()),
                HEX.formatHex(span.getParentSpanId().toByteArray()),
                span.getAttributesList().stream()
                        .collect(Collectors.toMap(
                                KeyValue::getKey, each -> each.getValue().getStringValue(), (one, other) -> other)),
                span.getName() + span.getAttributesList() + span.getEventsList() + span.getStatus());
    }

    private static String tag(List<KeyValue> tags, String name) {
        return tags.stream()
                .filter(tag -> tag.getKey().equals(name))
                .map(tag -> tag.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }
}
