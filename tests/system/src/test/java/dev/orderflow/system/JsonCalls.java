package dev.orderflow.system;

import dev.orderflow.demo.client.ShopAwayException;
import dev.orderflow.demo.token.Credentials;
import dev.orderflow.demo.token.IssuerAwayException;
import dev.orderflow.demo.token.Role;
import dev.orderflow.demo.token.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * HTTP calls that the demo's client does not offer, or whose raw response a test needs, with a role's access tokens if
 * the suite requires them. Thread-safe.
 */
final class JsonCalls implements AutoCloseable {

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final JsonMapper json = JsonMapper.builder().build();
    private final Credentials credentials;

    /** Creates a client without access tokens. */
    JsonCalls() {
        this(new Credentials(Tokens.NONE, Role.CUSTOMER));
    }

    JsonCalls(Credentials credentials) {
        this.credentials = credentials;
    }

    HttpResponse<String> get(URI uri) {
        return send(HttpRequest.newBuilder(uri));
    }

    HttpResponse<String> getWith(Map<String, String> headers, URI uri) {
        var request = HttpRequest.newBuilder(uri);
        headers.forEach(request::header);
        return send(request);
    }

    HttpResponse<String> put(URI uri, Object body) {
        return send(HttpRequest.newBuilder(uri).PUT(BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    HttpResponse<String> post(URI uri, Object body, @Nullable String idempotencyKey) {
        var request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(json.writeValueAsString(body)));
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return send(request);
    }

    HttpResponse<String> postWith(Map<String, String> headers, URI uri, Object body) {
        var request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(json.writeValueAsString(body)));
        headers.forEach(request::header);
        return send(request);
    }

    HttpResponse<String> delete(URI uri) {
        return send(HttpRequest.newBuilder(uri).DELETE());
    }

    <T> T read(HttpResponse<String> response, Class<T> type) {
        return json.readValue(response.body(), type);
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        var builder = request.header("Content-Type", "application/json").timeout(Duration.ofSeconds(30));
        var complete = builder.build();
        try {
            return credentials.send(builder, authorized -> http.send(authorized, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException | IssuerAwayException e) {
            throw new ShopAwayException("no response from " + complete.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ShopAwayException("interrupted while waiting for " + complete.uri(), e);
        }
    }
}
