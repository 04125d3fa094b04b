package dev.orderflow.order;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;

/** Talks to the service as its clients do. */
@TestComponent
public class OrderClient {

    /** An answer and access to its body. */
    public record Answer(int status, String body, HttpResponse<String> response) {

        /** @param path JSONPath */
        public <T> T get(String path) {
            return JsonPath.read(body, path);
        }

        public UUID orderId() {
            return UUID.fromString(get("$.orderId"));
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final Environment environment;
    private final @Nullable String authorization;

    @Autowired
    OrderClient(Environment environment) {
        this(environment, null);
    }

    private OrderClient(Environment environment, @Nullable String authorization) {
        this.environment = environment;
        this.authorization = authorization;
    }

    /** Returns a client whose requests have this header {@code Authorization}. */
    public OrderClient as(String other) {
        return new OrderClient(environment, other);
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer get(UUID orderId) {
        return get("/api/orders/" + orderId);
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public Answer put(String path, String body) {
        return send(request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body)));
    }

    public Answer post(String path, String body) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    public Answer cancel(UUID orderId) {
        return send(request("/api/orders/" + orderId + "/cancel").POST(BodyPublishers.noBody()));
    }

    public Answer place(String body, @Nullable String idempotencyKey) {
        return place(body, idempotencyKey, Map.of());
    }

    /** @param headers further headers, such as those of the request's context */
    public Answer place(String body, @Nullable String idempotencyKey, Map<String, String> headers) {
        var request = request("/api/orders")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(idempotencyKey == null ? request : request.header("Idempotency-Key", idempotencyKey));
    }

    /** Places an order of one {@code LAMP}, which is put into the catalog before. */
    public UUID placeOne(String customerId) {
        putProduct("LAMP", "2.55");
        return place(order(customerId, line("LAMP", 1)), null).orderId();
    }

    public Answer putProduct(String sku, String price) {
        return putProduct(sku, "Name of " + sku, price, "GBP");
    }

    public Answer putProduct(String sku, String name, String price, String currency) {
        var body = String.format(Locale.ROOT, """
                {"name": "%s", "unitPrice": {"amount": "%s", "currency": "%s"}}
                """, name, price, currency);
        return send(request("/api/products/" + sku)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    public static String order(String customerId, String... lines) {
        return Arrays.stream(lines)
                .collect(Collectors.joining(
                        ",",
                        "{\"customerId\": \"" + customerId + "\", \"lines\": [",
                        "], \"coupons\": [], \"paymentMethod\": \"CARD\"}"));
    }

    public static String line(String sku, int quantity) {
        return "{\"sku\": \"" + sku + "\", \"quantity\": " + quantity + "}";
    }

    private HttpRequest.Builder request(String path) {
        var port = environment.getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(90));
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
