package dev.orderflow.demo.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Double of a shop with prepared statuses for every order. It can lose responses: it accepts the order and closes the
 * connection, like a service killed at that moment.
 */
public final class ShopDouble implements AutoCloseable {

    private static final String ORDER = """
            {"orderId":"%s","customerId":"c","status":"%s","reason":%s,"lines":[],
             "total":{"amount":"15.30","currency":"GBP"},"placedAt":"2026-11-21T10:00:00Z","version":0,"history":[%s]}
            """;

    /** Orders by Idempotency-Key. */
    public final Map<String, UUID> orders = new ConcurrentHashMap<>();
    /** Points of each order; loyalty-service does not know the customer while there are none. */
    public volatile int points;
    /** Number of requests to place an order, whatever their response. */
    public final AtomicInteger requests = new AtomicInteger();
    /** Number of first responses that are lost for each key. */
    public volatile int lostAnswers;
    /** Statuses in the responses to the next requests for an order; the last one is repeated. */
    public final Deque<String> statuses = new ArrayDeque<>();

    /** Decides on the header {@code Authorization}; a request with another one gets 401. */
    public volatile Predicate<String> accepted = token -> true;

    private final Map<String, AtomicInteger> lost = new ConcurrentHashMap<>();
    private final HttpServer server;

    public ShopDouble() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/api/orders", this::orders);
            server.createContext("/api/inventory", exchange -> answer(exchange, 200, """
                    {"sku":"A","available":1000,"reserved":0,"sold":0}"""));
            server.createContext("/api/customers", this::customers);
            server.createContext("/api/points", this::points);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ShopEndpoints endpoints() {
        var uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new ShopEndpoints(uri, uri, uri, Optional.empty());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void orders(HttpExchange exchange) throws IOException {
        var token = exchange.getRequestHeaders().getFirst("Authorization");
        if (!accepted.test(token)) {
            answer(exchange, 401, "");
            return;
        }
        if (exchange.getRequestMethod().equals("POST")) {
            place(exchange);
        } else {
            var id = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
            answer(exchange, 200, order(UUID.fromString(id), statuses.size() > 1 ? statuses.poll() : statuses.peek()));
        }
    }

    /** Has a customer {@code ann lee} with two pages of orders. */
    private void customers(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI();
        if (!uri.getPath().equals("/api/customers/ann lee")) {
            answer(exchange, 404, """
                    {"status":404,"code":"customer_not_found","detail":"There is no such customer."}""");
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        } else {
            answer(
                    exchange,
                    200,
                    uri.getQuery().contains("cursor=")
                            ? "{\"orders\":{\"items\":[2],\"nextCursor\":null}}"
                            : "{\"orders\":{\"items\":[1],\"nextCursor\":\"next\"}}");
        }
    }

    /** Has one entry of each order. */
    private void points(HttpExchange exchange) throws IOException {
        var entries = orders.values().stream()
                .map(order -> String.format(
                        Locale.ROOT,
                        "{\"kind\":\"AWARDED\",\"points\":%d,\"orderId\":\"%s\",\"at\":\"2026-11-21T10:00:00Z\"}",
                        points,
                        order))
                .collect(Collectors.joining(",", "{\"items\":[", "],\"nextCursor\":null}"));
        answer(exchange, points == 0 ? 404 : 200, entries);
    }

    private void place(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        if (body.contains("REFUSED")) {
            answer(exchange, 422, """
                    {"status":422,"code":"unknown_sku","detail":"Lacks products.",
                     "errors":[{"field":"lines[0].sku","message":"is not in the catalog"}]}""");
            return;
        }
        if (body.contains("BUSY")) {
            answer(exchange, 429, """
                    {"status":429,"code":"overloaded","detail":"Too many orders are in progress."}""");
            return;
        }
        var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        var id = orders.computeIfAbsent(key, first -> UUID.randomUUID());
        if (lost.computeIfAbsent(key, first -> new AtomicInteger()).getAndIncrement() < lostAnswers) {
            exchange.close();
        } else {
            answer(exchange, 201, order(id, "PLACED"));
        }
    }

    private static String order(UUID id, String statuses) {
        var history = new StringBuilder();
        var second = 0;
        var last = "";
        for (var status : statuses.split(",")) {
            history.append(history.isEmpty() ? "" : ",")
                    .append(String.format(
                            Locale.ROOT,
                            "{\"status\":\"%s\",\"at\":\"2026-11-21T10:00:0%dZ\",\"reason\":%s}",
                            status,
                            second++,
                            reason(status)));
            last = status;
        }
        return String.format(Locale.ROOT, ORDER, id, last, reason(last), history);
    }

    private static String reason(String status) {
        return status.equals("CANCELLED") ? "\"PAYMENT_DECLINED\"" : "null";
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
