package dev.orderflow.shipping.carrier;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A carrier that speaks the real protocol over HTTP. A script can make it answer differently, or not at all. */
public final class FakeCarrier implements AutoCloseable {

    /** Replaces the answer to a call. */
    public interface Script {

        /** Returns the answer; null for the regular one. */
        @Nullable
        Response answer(Request request);
    }

    public record Request(String path, String body) {}

    public record Response(
            int status, String body, @Nullable URI location) {

        public Response(int status, String body) {
            this(status, body, null);
        }

        /** Closes the connection without an answer. */
        public static final Response NONE = new Response(0, "");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, String> states = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Headers> headers = new CopyOnWriteArrayList<>();
    private volatile Script script = request -> null;

    public FakeCarrier() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/carrier", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void follow(Script wanted) {
        script = wanted;
    }

    public void work() {
        follow(request -> null);
    }

    /** Changes the state of an order's parcel, such as {@code DELIVERED}. */
    public void set(String order, String state) {
        states.put(order, state);
    }

    public @Nullable String stateOf(String order) {
        return states.get(order);
    }

    /** Returns the calls that arrived whose path or body contains {@code text}, whatever the answers. */
    public List<Request> requests(String path, String text) {
        return requests.stream()
                .filter(request -> request.path().startsWith(path))
                .filter(request -> (request.path() + request.body()).contains(text))
                .toList();
    }

    /** Returns the headers of each call. */
    List<Headers> headers() {
        return headers;
    }

    /** Acts and answers like the real carrier. */
    public Response answerByProtocol(Request request) {
        if (request.path().endsWith("/stop") || request.path().endsWith("/release")) {
            var order = request.path().split("/")[3];
            var stopped = request.path().endsWith("/stop") ? "STOPPED" : "ACCEPTED";
            states.computeIfPresent(order, (id, state) -> state.equals("ACCEPTED") ? stopped : state);
            return find(order).map(found -> new Response(200, found)).orElse(new Response(404, "{}"));
        }
        var body = JsonMapper.shared().readTree(request.body());
        if (request.path().endsWith("/tracking")) {
            return new Response(
                    200,
                    body.get("orderIds")
                            .valueStream()
                            .flatMap(id -> find(id.asString()).stream())
                            .collect(Collectors.joining(",", "{\"shipments\":[", "]}")));
        }
        var order = body.get("orderId").asString();
        states.putIfAbsent(order, "ACCEPTED");
        return new Response(200, find(order).orElseThrow());
    }

    private Optional<String> find(String order) {
        return Optional.ofNullable(states.get(order)).map(state -> answer(order, state));
    }

    public static String answer(String order, String state) {
        return String.format(
                Locale.ROOT,
                "{\"orderId\":\"%s\",\"trackingId\":\"trk_%s\",\"state\":\"%s\",\"at\":\"2026-01-01T00:00:00Z\"}",
                order,
                order,
                state);
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
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(request);
            headers.add(exchange.getRequestHeaders());
            var scripted = script.answer(request);
            var response = scripted == null ? answerByProtocol(request) : scripted;
            if (response != Response.NONE) {
                var body = response.body().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                if (response.location() != null) {
                    exchange.getResponseHeaders()
                            .add("Location", response.location().toString());
                }
                exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }
}
