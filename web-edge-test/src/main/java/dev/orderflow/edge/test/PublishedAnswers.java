package dev.orderflow.edge.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;

/**
 * Compares a service's answers with its published ones, byte for byte. A resource lists them: a line with the request,
 * a line with status and body of the answer, an empty line.
 */
public final class PublishedAnswers {

    /** @param body empty for a request without one */
    public record Request(String method, String uri, String body) {}

    private PublishedAnswers() {}

    /** Sends the requests of {@code resource}, a file beside {@code test}, over HTTP. */
    public static void assertUnchanged(Class<?> test, String resource, String baseUrl) {
        try (var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            assertUnchanged(test, resource, request -> send(http, baseUrl, request));
        }
    }

    /** @param client returns an answer's status and body, separated by a blank */
    public static void assertUnchanged(Class<?> test, String resource, Function<Request, String> client) {
        var published = read(test, resource);
        var answered = Arrays.stream(published.split("\n\n"))
                .map(entry -> entry.lines().findFirst().orElseThrow())
                .map(request -> request + "\n" + client.apply(parse(request)) + "\n")
                .collect(joining("\n"));
        assertThat(answered).isEqualTo(published);
    }

    private static Request parse(String line) {
        var parts = line.split(" ", 3);
        return new Request(parts[0], parts[1], parts.length < 3 ? "" : parts[2]);
    }

    private static String send(HttpClient http, String baseUrl, Request request) {
        var sent = HttpRequest.newBuilder(URI.create(baseUrl + request.uri()))
                .timeout(Duration.ofSeconds(30))
                .headers("Accept-Language", "en", "Idempotency-Key", "published-answers")
                .header("Content-Type", "application/json")
                .method(request.method(), BodyPublishers.ofString(request.body()))
                .build();
        try {
            var answer = http.send(sent, BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(Class<?> test, String resource) {
        try (var stream = Objects.requireNonNull(test.getResourceAsStream(resource), resource)) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
