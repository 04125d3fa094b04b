package dev.orderflow.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.orderflow.demo.process.Addresses;
import dev.orderflow.demo.process.Part;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests a load against a double of order-service and of the issuer. */
class OrderLoadTests {

    private final Set<String> authorizations = ConcurrentHashMap.newKeySet();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/oauth2/token", exchange -> answer(exchange, 200, """
                {"access_token":"token","expires_in":899}"""));
        server.createContext("/api/orders", exchange -> {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            answer(exchange, 201, "{}");
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void eachOrderOfASecuredSuiteHasTheShopsToken() {
        var result = new OrderLoad(suite(true)).closed(2, Duration.ofSeconds(1));

        assertThat(result.accepted()).isPositive();
        assertThat(result.failed()).isZero();
        assertThat(authorizations).containsExactly("Bearer token");
    }

    @Test
    void theOrdersOfAnOpenSuiteHaveNoToken() {
        var result = new OrderLoad(suite(false)).closed(2, Duration.ofSeconds(1));

        assertThat(result.accepted()).isPositive();
        assertThat(authorizations).containsExactly("null");
    }

    private Addresses suite(boolean secured) {
        var uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new Addresses() {

            @Override
            public URI uri(Part part) {
                return uri;
            }

            @Override
            public URI managementUri(Part part) {
                return uri;
            }

            @Override
            public String jdbcUrl(Part service) {
                throw new UnsupportedOperationException();
            }

            @Override
            public String password(Part service) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<URI> issuer() {
                return secured ? Optional.of(uri) : Optional.empty();
            }

            @Override
            public String bootstrapServers() {
                throw new UnsupportedOperationException();
            }
        };
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        var bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
