package dev.orderflow.edge.orders;

import dev.orderflow.edge.problem.Refusal;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks order-service what it shows to the caller of this thread, with the caller's own token. No copy of who owns an order
 * can therefore be out of date, or outlive the erasure of a customer. Blocks; thread-safe.
 * <p>
 * Each request throws a {@link Refusal} without an answer: 503 {@code orders_unavailable}, or 429 when order-service refuses
 * one of too many requests, commonly of one tenant. The circuit must ignore refusals, since order-service answers others.
 */
public final class OrderServiceClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OrderServiceClient.class);

    /** Largest answer that is read, in bytes. */
    private static final int LARGEST = 16 << 10;

    private static final String AWAY =
            "order-service, which knows what you may see, does not answer at the moment. Try again.";

    private static final String TOO_MANY =
            "order-service, which knows what you may see, has had too many requests. Try again.";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final URI url;
    private final Duration readTimeout;
    private final CircuitBreaker circuit;
    private final HttpClient http;

    /**
     * Creates a client. It follows no redirect, since a customer's token is for the configured host only.
     *
     * @param url            base address, without a path
     * @param connectTimeout longest time to connect
     * @param readTimeout    longest time from sending the request to the end of the response
     */
    public OrderServiceClient(URI url, Duration connectTimeout, Duration readTimeout, CircuitBreaker circuit) {
        this.url = url;
        this.readTimeout = readTimeout;
        this.circuit = circuit;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .executor(threads)
                .build();
    }

    /** Returns whether order-service shows the resource to the caller. A caller whom it refuses sees nothing. */
    public boolean shows(String path) {
        return ask(path, BodyHandlers.discarding(), answer -> switch (answer.statusCode()) {
            case 200 -> true;
            case 401, 403, 404 -> false;
            default -> throw undecided(answer.statusCode());
        });
    }

    /**
     * Returns what {@code reader} makes of the resource; empty if order-service answers that there is none for the caller. A
     * caller whom it refuses learns nothing, not that there is none. Neither does one of a version without the resource, which
     * answers 404 with another code.
     *
     * @param absent code of the problem by which order-service says that there is none, such as {@code customer_not_found}
     * @param reader throws {@link OrdersUnavailableException} if it cannot read the body
     */
    public <T> Optional<T> read(String path, String absent, Function<byte[], T> reader) {
        return ask(path, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST), answer -> {
            var status = answer.statusCode();
            if (status == 404 && absent.equals(codeOf(answer.body()))) {
                return Optional.empty();
            }
            return switch (status) {
                case 200 -> Optional.of(reader.apply(answer.body()));
                case 400, 401, 403, 404 -> {
                    log.warn("orders=refused status={}", status);
                    throw Refusal.unavailable("orders_unavailable", AWAY);
                }
                default -> throw undecided(status);
            };
        });
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }

    private <B, T> T ask(String path, BodyHandler<B> body, Function<HttpResponse<B>, T> decision) {
        try {
            return circuit.executeSupplier(() -> decision.apply(send(request(path), body)));
        } catch (OrdersUnavailableException | CallNotPermittedException e) {
            log.warn("orders=unavailable cause=\"{}\"", e.toString());
            throw Refusal.unavailable("orders_unavailable", AWAY);
        }
    }

    private HttpRequest request(String path) {
        var request = HttpRequest.newBuilder(URI.create(url + path)).header("Accept", "application/json");
        var token = callersToken();
        return (token == null ? request : request.header("Authorization", "Bearer " + token)).build();
    }

    private static @Nullable String callersToken() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken verified
                ? verified.getToken().getTokenValue()
                : null;
    }

    private static RuntimeException undecided(int status) {
        return status == 429
                ? Refusal.overloaded(TOO_MANY)
                : new OrdersUnavailableException("order-service answered " + status, null);
    }

    /** Returns the code of a problem; empty if the answer is none. */
    private static String codeOf(byte[] problem) {
        try {
            return JsonMapper.shared().readTree(problem).path("code").asString("");
        } catch (JacksonException e) {
            return "";
        }
    }

    private <B> HttpResponse<B> send(HttpRequest request, BodyHandler<B> body) {
        // A request's own time-out ends with the answer's headers.
        var pending = http.sendAsync(request, body);
        try {
            return pending.get(readTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new OrdersUnavailableException("order-service does not answer", e.getCause());
        } catch (TimeoutException e) {
            throw new OrdersUnavailableException("order-service does not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OrdersUnavailableException("interrupted while waiting for order-service", e);
        } finally {
            pending.cancel(true);
        }
    }
}
