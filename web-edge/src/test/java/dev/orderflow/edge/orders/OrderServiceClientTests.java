package dev.orderflow.edge.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.orderflow.edge.problem.Refusal;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

class OrderServiceClientTests {

    private static final String PATH = "/api/orders/4711";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final CircuitBreaker circuit = CircuitBreaker.of(
            "orders",
            CircuitBreakerConfig.custom().ignoreExceptions(Refusal.class).build());
    private HttpServer server;
    private @Nullable OrderServiceClient client;
    private volatile int status = 200;
    private volatile byte[] body = "{}".getBytes(UTF_8);

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 10);
        server.setExecutor(threads);
        server.createContext("/api/orders/", exchange -> {
            requests.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            if (status == 0) {
                await();
            } else {
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        SecurityContextHolder.getContext()
                .setAuthentication(new JwtAuthenticationToken(Jwt.withTokenValue("the-token")
                        .header("alg", "none")
                        .subject("c1")
                        .build()));
    }

    @AfterEach
    void stop() {
        SecurityContextHolder.clearContext();
        end.countDown();
        if (client != null) {
            client.close();
        }
        server.stop(0);
        threads.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({"200, true", "404, false", "403, false", "401, false"})
    void orderServiceDecidesByTheCallersToken(int answer, boolean own) {
        status = answer;

        assertThat(client().shows(PATH)).isEqualTo(own);
        assertThat(requests).containsExactly(PATH + " Bearer the-token");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 500, 503, 302, 0})
    void withoutADecisionTheCallerIsToTryAgain(int answer) {
        status = answer;

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> client().shows(PATH))
                .returns("orders_unavailable", Refusal::code);
        assertThat(circuit.getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void oneOfTooManyRequestsIsRefusedAndTheCircuitIgnoresIt() {
        status = 429;

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> client().shows(PATH))
                .returns("overloaded", Refusal::code)
                .returns(Duration.ofSeconds(1), Refusal::retryAfter);
        assertThat(circuit.getMetrics().getNumberOfBufferedCalls()).isZero();
    }

    @Test
    void whileTheCircuitIsOpenNobodyIsAsked() {
        circuit.transitionToOpenState();

        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> client().shows(PATH));
        assertThat(requests).isEmpty();
    }

    @Test
    void aThreadWithoutCallerSendsNoToken() {
        SecurityContextHolder.clearContext();
        status = 401;

        assertThat(client().shows(PATH)).isFalse();
        assertThat(requests).containsExactly(PATH + " null");
    }

    @Test
    void aResourceIsReadUnlessOrderServiceSaysThatThereIsNone() {
        body = "what is asked for".getBytes(UTF_8);
        assertThat(read()).contains("what is asked for");

        status = 404;
        body = "{\"status\": 404, \"code\": \"thing_not_found\"}".getBytes(UTF_8);
        assertThat(read()).isEmpty();
    }

    /** A customer whom order-service refuses for another reason than that there is none is not told that there is none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"code\": \"thing_not_found\"}",
                "401 | {\"code\": \"unauthenticated\"}",
                "403 | {\"code\": \"forbidden\"}",
                "404 | {\"code\": \"not_found\"}",
                "404 | {\"code\": 5}",
                "404 | thing_not_found",
                "404 | ''"
            })
    void aRefusedCallerIsToTryAgainAndTheCircuitIgnoresIt(int answer, String problem) {
        status = answer;
        body = problem.getBytes(UTF_8);

        assertThatExceptionOfType(Refusal.class).isThrownBy(this::read).returns("orders_unavailable", Refusal::code);
        assertThat(circuit.getMetrics().getNumberOfBufferedCalls()).isZero();
    }

    @Test
    void anAnswerThatIsTooLargeOrCannotBeReadIsNone() {
        body = new byte[17 << 10];
        assertThat(client().shows(PATH)).isTrue();
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> client().read(PATH, "thing_not_found", read -> read));

        body = "x".getBytes(UTF_8);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> client().read(PATH, "thing_not_found", read -> {
                    throw new OrdersUnavailableException("not JSON", null);
                }))
                .returns("orders_unavailable", Refusal::code);
        assertThat(circuit.getMetrics().getNumberOfFailedCalls()).isEqualTo(2);
    }

    private Optional<String> read() {
        return client().read(PATH, "thing_not_found", read -> new String(read, UTF_8));
    }

    private OrderServiceClient client() {
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        // Short only for the answer that never comes.
        var longest = status == 0 ? Duration.ofMillis(300) : Duration.ofSeconds(20);
        client = new OrderServiceClient(url, Duration.ofSeconds(10), longest, circuit);
        return client;
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
