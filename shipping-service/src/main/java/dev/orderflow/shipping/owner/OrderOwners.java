package dev.orderflow.shipping.owner;

import dev.orderflow.edge.problem.Refusal;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Asks order-service whether the caller of this thread may see an order, with the caller's own token. No copy of who owns
 * an order can therefore be out of date, or outlive the erasure of a customer. Blocks; thread-safe.
 */
public class OrderOwners {

    private static final Logger log = LoggerFactory.getLogger(OrderOwners.class);
    private static final String AWAY = "Whose order it is cannot be checked at the moment. Try again.";

    private static final String TOO_MANY =
            "order-service has had too many requests to check whose order it is. Try again.";

    private final HttpClient http;
    private final OrdersProperties properties;
    private final CircuitBreaker circuit;

    OrderOwners(HttpClient http, OrdersProperties properties, CircuitBreaker circuit) {
        this.http = http;
        this.properties = properties;
        this.circuit = circuit;
    }

    /**
     * Returns whether order-service shows the order to the caller.
     *
     * @throws Refusal 503 when it does not say; 429 when it refuses one of too many requests, commonly of one tenant, which
     *     the circuit ignores, since it answers others
     */
    public boolean mayCallerSee(UUID orderId) {
        var token = callersToken();
        if (token == null) {
            return false;
        }
        try {
            return circuit.executeSupplier(() -> isShown(orderId, token));
        } catch (OrdersUnavailableException | CallNotPermittedException e) {
            log.warn("owner=unknown orderId={} cause=\"{}\"", orderId, e.toString());
            throw Refusal.unavailable("orders_unavailable", AWAY);
        }
    }

    private static @Nullable String callersToken() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken verified
                ? verified.getToken().getTokenValue()
                : null;
    }

    private boolean isShown(UUID orderId, String token) {
        var status = status(HttpRequest.newBuilder(URI.create(properties.url() + "/api/orders/" + orderId))
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token)
                .build());
        return switch (status) {
            case 200 -> true;
            case 401, 403, 404 -> false;
            case 429 -> throw Refusal.overloaded(TOO_MANY);
            default -> throw new OrdersUnavailableException("order-service answered " + status, null);
        };
    }

    private int status(HttpRequest request) {
        var pending = http.sendAsync(request, BodyHandlers.discarding());
        try {
            return pending.get(properties.readTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .statusCode();
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
