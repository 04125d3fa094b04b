package dev.orderflow.notification.recipient;

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

/** Imitates order-service's addresses, and an issuer that gives tokens 1, 2, 3… */
public final class FakeCustomers implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, String> addresses = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> tokenRequests = new CopyOnWriteArrayList<>();
    private volatile int status;
    private volatile String body = "";
    private volatile boolean stalling;
    private volatile Runnable beforeToken = () -> {};

    public FakeCustomers() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/api/customers", this::answerAddress);
        server.createContext("/oauth2/token", this::answerToken);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void knows(String reference, String address) {
        addresses.put(reference, address);
    }

    public void forgets(String reference) {
        addresses.remove(reference);
    }

    /** Answers everything with {@code newStatus} from now on. */
    public void answersAlways(int newStatus, String newBody) {
        body = newBody;
        status = newStatus;
    }

    /** Begins answers about addresses from now on, and ends none. */
    void stalls() {
        stalling = true;
    }

    /** Runs {@code action} before each answer with a token from now on. */
    void beforeToken(Runnable action) {
        beforeToken = action;
    }

    public void works() {
        status = 0;
    }

    /** Returns the credentials and the path of each request for an address. */
    List<String> requests() {
        return requests;
    }

    /** Returns the credentials and the body of each request for a token. */
    List<String> tokenRequests() {
        return tokenRequests;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answerAddress(HttpExchange exchange) throws IOException {
        if (stalling) {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            return;
        }
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            requests.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + path);
            var address = addresses.get(path.split("/")[3]);
            if (status != 0) {
                send(exchange, status, body);
            } else if (address == null) {
                send(exchange, 404, "{\"status\":404,\"code\":\"address_not_found\"}");
            } else {
                send(exchange, 200, "{\"address\":\"" + address + "\"}");
            }
        }
    }

    private void answerToken(HttpExchange exchange) throws IOException {
        try (exchange) {
            var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            beforeToken.run();
            tokenRequests.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + form);
            send(exchange, 200, "{\"access_token\":\"" + tokenRequests.size() + "\",\"expires_in\":300}");
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
