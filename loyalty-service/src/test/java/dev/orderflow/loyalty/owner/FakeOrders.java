package dev.orderflow.loyalty.owner;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An order-service that shows all references to everybody. */
public final class FakeOrders implements AutoCloseable {

    private static final String BEFORE = "/api/customers/";
    private static final String AFTER = "/reference";

    private static final String UNKNOWN = "{\"status\": 404, \"code\": \"customer_not_found\"}";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, String> references = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile @Nullable String body;

    public FakeOrders() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void add(String customer, String reference) {
        references.put(customer, reference);
    }

    /** Answers all requests with {@code text}. */
    void answer(String text) {
        answer(200, text);
    }

    void answer(int withStatus, String text) {
        status = withStatus;
        body = text;
    }

    /** Returns the paths of the requests, as they were sent. */
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getRawPath();
        requests.add(path);
        var answer = body == null ? reference(path) : body;
        var bytes = (answer == null ? UNKNOWN : answer).getBytes(UTF_8);
        exchange.sendResponseHeaders(answer == null ? 404 : status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private @Nullable String reference(String path) {
        if (!path.startsWith(BEFORE) || !path.endsWith(AFTER)) {
            return null;
        }
        var customer = path.substring(BEFORE.length(), path.length() - AFTER.length());
        var reference = references.get(URLDecoder.decode(customer, UTF_8));
        return reference == null ? null : "{\"reference\": \"" + reference + "\"}";
    }
}
