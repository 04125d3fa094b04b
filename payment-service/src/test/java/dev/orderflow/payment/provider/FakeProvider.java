package dev.orderflow.payment.provider;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A provider that speaks the real protocol over HTTP: it charges once per idempotency key. A script can make it answer
 * differently, or not at all.
 */
public final class FakeProvider implements AutoCloseable {

    /** Replaces the answer to a call. */
    public interface Script {

        /** Returns the answer; null for the regular one. */
        @Nullable
        Response answer(Request request);
    }

    /** @param key null for a request to close a charge */
    public record Request(String path, @Nullable String key, String body) {}

    public record Response(int status, String body) {

        /** Closes the connection without an answer. */
        public static final Response NONE = new Response(0, "");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Response> charges = new ConcurrentHashMap<>();
    private final Map<String, Response> refunds = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<String> credentials = new CopyOnWriteArrayList<>();
    private final List<Headers> headers = new CopyOnWriteArrayList<>();
    private volatile Script script = request -> null;

    public FakeProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/provider/payments", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void follow(Script wanted) {
        script = wanted;
    }

    public void answerAlways(int status, String body) {
        follow(request -> new Response(status, body));
    }

    public void work() {
        follow(request -> null);
    }

    /** Returns the calls that arrived, whatever the answers. */
    public List<Request> requests() {
        return requests;
    }

    /** Returns the header {@code Authorization} of each call that had one. */
    public List<String> credentials() {
        return credentials;
    }

    /** Returns the headers of each call. */
    List<Headers> headers() {
        return headers;
    }

    /** Returns the calls with {@code key}. */
    public List<Request> requests(String key) {
        return requests.stream().filter(request -> key.equals(request.key())).toList();
    }

    /** Returns whether {@code key} was charged. */
    public boolean hasCharged(String key) {
        return charges.containsKey(key);
    }

    /** Returns whether {@code key} was refunded. */
    public boolean hasRefunded(String key) {
        return refunds.containsKey(key);
    }

    /** Acts and answers like the real provider. */
    public Response answerByProtocol(Request request) {
        if (request.key() == null) {
            return charges.computeIfAbsent(request.path().split("/")[3], FakeProvider::declined);
        }
        return request.path().endsWith("/refund")
                ? refunds.computeIfAbsent(
                        request.key(),
                        key -> new Response(200, "{\"reference\":\"ref_" + key + "\",\"outcome\":\"REFUNDED\"}"))
                : charges.computeIfAbsent(request.key(), key -> charge(key, request.body()));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = new Request(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(request);
            headers.add(exchange.getRequestHeaders());
            credentials.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
            var scripted = script.answer(request);
            var response = scripted == null ? answerByProtocol(request) : scripted;
            if (response != Response.NONE) {
                var body = response.body().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static Response charge(String key, String body) {
        var method = JsonMapper.shared().readTree(body).get("paymentMethod").asString();
        return method.equals("CARD_DECLINED")
                ? declined(key)
                : new Response(200, "{\"reference\":\"pay_" + key + "\",\"outcome\":\"CAPTURED\"}");
    }

    private static Response declined(String key) {
        return new Response(
                200, "{\"reference\":\"pay_" + key + "\",\"outcome\":\"DECLINED\",\"reason\":\"card declined\"}");
    }
}
