package dev.orderflow.demo.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.orderflow.demo.token.Credentials;
import dev.orderflow.demo.token.IssuerAwayException;
import dev.orderflow.demo.token.Role;
import dev.orderflow.demo.token.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** JSON over HTTP. It separates temporary failures from permanent ones. Thread-safe. */
public final class JsonHttp implements AutoCloseable {

    /** Time-out that is long enough for long polls. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** Status of a request whose Idempotency-Key is still in use; its result will be this request's, too. */
    private static final int CONFLICT = 409;

    private static final int TOO_MANY_REQUESTS = 429;

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final HttpClient http;
    private final JsonMapper json = JsonMapper.shared();
    private final Duration timeout;
    private final Map<String, String> headers;
    private final Credentials credentials;

    JsonHttp() {
        this(TIMEOUT, Map.of());
    }

    /**
     * Creates a client.
     *
     * @param timeout for a response
     * @param headers sent with each request
     */
    public JsonHttp(Duration timeout, Map<String, String> headers) {
        this(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(3))
                        .build(),
                timeout,
                Map.copyOf(headers),
                new Credentials(Tokens.NONE, Role.SHOP));
    }

    private JsonHttp(HttpClient http, Duration timeout, Map<String, String> headers, Credentials credentials) {
        this.http = http;
        this.timeout = timeout;
        this.headers = headers;
        this.credentials = credentials;
    }

    /** Returns a client that sends access tokens of a role. It shares this client's connections and is closed with it. */
    public JsonHttp as(Credentials role) {
        return new JsonHttp(http, timeout, headers, role);
    }

    /**
     * Sends GET.
     *
     * @throws ShopAwayException if the service is unavailable
     * @throws RefusedException if it rejects the request
     */
    public <T> T get(URI uri, TypeReference<T> type) {
        return send(HttpRequest.newBuilder(uri).GET(), type);
    }

    /**
     * Sends PUT.
     *
     * @throws ShopAwayException if the service is unavailable
     * @throws RefusedException if it rejects the request
     */
    public <T> T put(URI uri, Object body, TypeReference<T> type) {
        return send(HttpRequest.newBuilder(uri).PUT(json(body)), type);
    }

    /**
     * Sends POST.
     *
     * @throws ShopAwayException if the service is unavailable
     * @throws RefusedException if it rejects the request
     */
    public <T> T post(URI uri, Object body, TypeReference<T> type) {
        return send(HttpRequest.newBuilder(uri).POST(json(body)), type);
    }

    /**
     * Sends DELETE.
     *
     * @throws ShopAwayException if the service is unavailable
     * @throws RefusedException if it rejects the request
     */
    public void delete(URI uri) {
        exchange(complete(HttpRequest.newBuilder(uri).DELETE()));
    }

    /**
     * Sends POST with an Idempotency-Key.
     *
     * @param idempotencyKey visible ASCII: other characters would be sent as '?' and make different keys the same
     * @throws ShopAwayException if the service is unavailable
     * @throws RefusedException if it rejects the request
     */
    <T> T post(URI uri, Object body, String idempotencyKey, TypeReference<T> type) {
        if (!idempotencyKey.matches("[\\x21-\\x7E]+")) {
            throw new IllegalArgumentException(IDEMPOTENCY_KEY + " must consist of visible ASCII characters");
        }
        var request = HttpRequest.newBuilder(uri).header(IDEMPOTENCY_KEY, idempotencyKey);
        return send(request.POST(json(body)), type);
    }

    @Override
    public void close() {
        http.close();
    }

    private <T> T send(HttpRequest.Builder request, TypeReference<T> type) {
        var complete = complete(request);
        try {
            return json.readValue(exchange(complete), type);
        } catch (JacksonException e) {
            throw new ShopAwayException(complete.build().uri() + " sent an unreadable response: " + e.getMessage(), e);
        }
    }

    private HttpRequest.Builder complete(HttpRequest.Builder request) {
        headers.forEach(request::header);
        return request.header("Content-Type", "application/json")
                .header("Accept", "application/json, application/problem+json")
                .timeout(timeout);
    }

    private byte[] exchange(HttpRequest.Builder complete) {
        var request = complete.build();
        try {
            var response = credentials.send(
                    complete, authorized -> http.send(authorized, HttpResponse.BodyHandlers.ofByteArray()));
            if (response.statusCode() / 100 == 2) {
                return response.body();
            }
            throw failure(request, response);
        } catch (IOException e) {
            var uri = request.uri();
            throw new ShopAwayException(
                    String.format(Locale.ROOT, "no response from %s://%s", uri.getScheme(), uri.getAuthority()), e);
        } catch (IssuerAwayException e) {
            throw new ShopAwayException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ShopAwayException("interrupted while waiting for " + request.uri(), e);
        }
    }

    private RuntimeException failure(HttpRequest request, HttpResponse<byte[]> response) {
        var status = response.statusCode();
        var problem = problem(response.body());
        var detail = text(problem, "detail", new String(response.body(), UTF_8)) + violations(problem);
        if (status == TOO_MANY_REQUESTS) {
            return new ShopBusyException(answered(request, status, detail));
        }
        if (status >= 500 || (status == CONFLICT && request.headers().map().containsKey(IDEMPOTENCY_KEY))) {
            return new ShopAwayException(answered(request, status, detail));
        }
        return new RefusedException(status, text(problem, "code", Integer.toString(status)), detail);
    }

    private static String answered(HttpRequest request, int status, String detail) {
        return String.format(Locale.ROOT, "%s answered %d: %s", request.uri(), status, detail);
    }

    private Map<String, @Nullable Object> problem(byte[] body) {
        try {
            return json.readValue(body, new TypeReference<>() {});
        } catch (JacksonException e) {
            return Map.of("detail", "response without problem detail");
        }
    }

    /** Returns the invalid fields that the {@code errors} of a problem detail name. */
    private static String violations(Map<String, @Nullable Object> problem) {
        if (!(problem.get("errors") instanceof List<?> errors)) {
            return "";
        }
        return errors.stream()
                .map(error ->
                        error instanceof Map<?, ?> one ? " " + one.get("field") + " " + one.get("message") + "." : "")
                .limit(5)
                .collect(joining());
    }

    private static String text(Map<String, @Nullable Object> problem, String field, String otherwise) {
        return problem.get(field) instanceof String text ? text : otherwise;
    }

    private HttpRequest.BodyPublisher json(Object body) {
        return HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
    }
}
