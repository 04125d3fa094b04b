package dev.orderflow.notification.recipient;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends requests and reads small answers in JSON. The client is not observed: a span's attributes would name the customer.
 * Thread-safe.
 */
class Exchange {

    /** Largest answer in bytes; a token with many claims has less than half. */
    private static final int LARGEST = 16 << 10;

    private final HttpClient http;
    private final JsonMapper json;

    Exchange(HttpClient http, JsonMapper json) {
        this.http = http;
        this.json = json;
    }

    /** An answer; {@code body} is null unless it is 200 with JSON. */
    record Answer(int status, @Nullable JsonNode body) {

        /** Returns the text of that field; null if there is none. */
        @Nullable
        String text(String field) {
            return body == null ? null : body.path(field).asString(null);
        }
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @param server its name in messages
     * @throws CustomersUnavailableException if there is no answer that can be read
     */
    Answer send(HttpRequest request, String server) {
        try {
            var answer = http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
            return new Answer(answer.statusCode(), answer.statusCode() == 200 ? read(answer, server) : null);
        } catch (IOException e) {
            throw new CustomersUnavailableException(server + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CustomersUnavailableException("interrupted while waiting for " + server, e);
        }
    }

    /** Reads the answer. A parser's message quotes the text, so it is dropped. */
    private JsonNode read(HttpResponse<byte[]> answer, String server) {
        try {
            return json.readTree(answer.body());
        } catch (JacksonException e) {
            throw new CustomersUnavailableException(server + " answers with something else than JSON", null);
        }
    }
}
