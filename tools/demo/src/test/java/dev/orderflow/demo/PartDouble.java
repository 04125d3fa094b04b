package dev.orderflow.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Part with prepared responses, which records its requests. Any other request gets 404. */
final class PartDouble implements AutoCloseable {

    /** Requests as method, path with query, and body if there is one. */
    final List<String> requests = new CopyOnWriteArrayList<>();
    /** Operators' names from the requests. */
    final List<String> operators = new CopyOnWriteArrayList<>();

    private record Answer(int status, String body) {}

    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final HttpServer server;

    PartDouble() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", this::handle);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /**
     * Prepares a response.
     *
     * @param request method and path, without query
     */
    void on(String request, int status, String... bodies) {
        answers.put(
                request,
                new ArrayDeque<>(Arrays.stream(bodies)
                        .map(body -> new Answer(status, body))
                        .toList()));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        requests.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body).strip());
        operators.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Operator")));
        var answer = answer(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
        var bytes = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Returns the next response; the last one is repeated. */
    private synchronized Answer answer(String request) {
        var left = answers.get(request);
        if (left == null) {
            return new Answer(404, "{\"code\":\"not_found\",\"detail\":\"There is no such thing.\"}");
        }
        return left.size() > 1 ? left.remove() : left.element();
    }
}
