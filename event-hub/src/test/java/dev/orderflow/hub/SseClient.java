package dev.orderflow.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;

/** A client of a stream, which reads only when the test does. */
final class SseClient implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    private SseClient(URI uri, @Nullable String lastId, @Nullable String authorization) {
        var request = HttpRequest.newBuilder(uri);
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            response = http.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
    }

    /** A server-sent event; one without a name is a comment or the beginning. */
    record Message(String id, String name, String data) {}

    static SseClient open(int port, String query, @Nullable String lastId) {
        return open(port, query, lastId, null);
    }

    static SseClient open(int port, String query, @Nullable String lastId, @Nullable String authorization) {
        return new SseClient(URI.create("http://127.0.0.1:" + port + "/api/stream?" + query), lastId, authorization);
    }

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** Reads the next event of a name, and skips others, such as heartbeats; empty names are of those. */
    Message next(String... names) {
        while (true) {
            var message = next();
            for (var name : names) {
                if (message.name().equals(name)) {
                    return message;
                }
            }
        }
    }

    private Message next() {
        var id = "";
        var name = "";
        var data = new StringBuilder();
        try {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    return new Message(id, name, data.toString());
                }
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring(6));
                } else {
                    data.append(line);
                }
            }
            throw new IllegalStateException("the stream has ended");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the connection. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
