package dev.orderflow.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.web.client.RestClient;

/** The headers that a service of ours receives from another one, on behalf of a flow. */
@SpringBootTest(
        classes = EdgeServer.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:1/v1/traces",
            "management.tracing.sampling.probability=0"
        })
class TracedCallTests {

    private final List<Headers> received = new CopyOnWriteArrayList<>();

    @Autowired
    private Tracer tracer;

    @Autowired
    private ObservationRegistry observations;

    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            try (exchange) {
                received.add(exchange.getRequestHeaders());
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aCallCarriesTraceTenantIntentAndCorrelationIdOfItsFlow() {
        var span = tracer.nextSpan().name("consume").start();
        try (var _ = tracer.withSpan(span);
                var _ = tracer.createBaggageInScope("tenantid", "acme");
                var _ = tracer.createBaggageInScope("intent", "placement");
                var _ = tracer.createBaggageInScope("correlationid", "4711")) {
            call();
        } finally {
            span.end();
        }

        var headers = received.getFirst();
        assertThat(headers.getFirst("traceparent")).contains(span.context().traceId());
        assertThat(String.join(",", headers.get("baggage")))
                .contains("tenantid=acme")
                .contains("intent=placement")
                .contains("correlationid=4711");
    }

    private void call() {
        RestClient.builder()
                .observationRegistry(observations)
                .build()
                .get()
                .uri("http://127.0.0.1:" + server.getAddress().getPort() + "/")
                .retrieve()
                .toBodilessEntity();
    }
}
