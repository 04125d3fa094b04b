package dev.orderflow.bench.flow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.LongAdder;

/** Receiver of spans that only counts their bytes. */
final class SpanSink implements AutoCloseable {

    private final HttpServer server;
    private final LongAdder bytes = new LongAdder();

    private SpanSink(HttpServer server) {
        this.server = server;
    }

    static SpanSink start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var sink = new SpanSink(server);
            server.createContext("/v1/traces", sink::receive);
            server.start();
            return sink;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns options of services that send their spans here: of those requests that ask for it. */
    String[] jvmOptions() {
        return new String[] {
            "-Dmanagement.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:"
                    + server.getAddress().getPort() + "/v1/traces",
            "-Dmanagement.tracing.sampling.probability=0",
            "-Dedge.tracing.clients-decide=true"
        };
    }

    long bytes() {
        return bytes.sum();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            bytes.add(exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()));
            exchange.sendResponseHeaders(200, -1);
        }
    }
}
