package dev.orderflow.notification.recipient;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

    /** An answer; {@code body} is null unless it is 200 or 404, with JSON. */
    record Answer(int status, @Nullable JsonNode body) {

        /** Returns the text of that field; null if there is none, or the answer has another status. */
        @Nullable
        String text(int expected, String field) {
            return body == null || status != expected ? null : body.path(field).asString(null);
        }
    }

    /**
     * Sends a request and waits for the answer, until its end has arrived or the look-up's time is over.
     *
     * @param server its name in messages
     * @throws CustomersUnavailableException if there is no answer that can be read
     */
    Answer send(HttpRequest request, String server, LookUpTime time) {
        var left = time.leftFor(server);
        // A request's own time-out ends with the answer's headers.
        var pending = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        try {
            var answer = pending.get(left, TimeUnit.NANOSECONDS);
            var status = answer.statusCode();
            return new Answer(status, status == 200 || status == 404 ? read(answer, server) : null);
        } catch (ExecutionException e) {
            throw new CustomersUnavailableException(server + " does not answer", e.getCause());
        } catch (TimeoutException e) {
            throw new CustomersUnavailableException(server + " does not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CustomersUnavailableException("interrupted while waiting for " + server, e);
        } finally {
            pending.cancel(true);
        }
    }

    /** Reads the answer. A parser's message quotes the text, so it is dropped. */
    private JsonNode read(HttpResponse<byte[]> answer, String server) {
        try {
            return json.readTree(answer.body());
        } catch (JacksonException e) {
            throw new CustomersUnavailableException(
                    server + " answers " + answer.statusCode() + " with something else than JSON", null);
        }
    }
}
